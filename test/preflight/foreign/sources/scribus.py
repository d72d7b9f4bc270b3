# One page with a spot, rich black type, a picture and bleed, written as each PDF/X that Scribus knows.
import os, sys
import scribus
scribus.newDocument((100, 70), (5, 5, 5, 5), scribus.PORTRAIT, 1, scribus.UNIT_MILLIMETERS, scribus.PAGE_1, 0, 1)
scribus.defineColorCMYKFloat("Amber", 0, 45, 95, 0)
scribus.defineColorCMYKFloat("Rich", 60, 50, 50, 100)
scribus.defineColorCMYKFloat("CutContour", 0, 100, 0, 0)
scribus.setSpotColor("CutContour", True)
ground = scribus.createRect(-3, -3, 106, 76)
scribus.setFillColor("Amber", ground)
scribus.setLineColor("None", ground)
text = scribus.createText(10, 10, 80, 20)
scribus.setText("Scribus", text)
scribus.setFont("DejaVu Sans Book", text)
scribus.setFontSize(30, text)
scribus.setTextColor("Rich", text)
line = scribus.createEllipse(20, 30, 60, 30)
scribus.setFillColor("None", line)
scribus.setLineColor("CutContour", line)
scribus.setLineWidth(0.25, line)
picture = scribus.createImage(70, 40, 20, 20)
scribus.loadImage(os.path.join(os.environ["SOURCES"], "checker.png"), picture)
scribus.setScaleImageToFrame(True, True, picture)
pdf = scribus.PDFfile()
pdf.fontEmbedding = 0
pdf.fonts = scribus.getFontNames()[:0]
pdf.outdst = 1
pdf.useDocBleeds = False
pdf.bleedt = pdf.bleedb = pdf.bleedl = pdf.bleedr = 3
pdf.cropMarks = True
pdf.info = "A Scribus page"
pdf.thumbnails = False
for version, name, out in ((14, "scribus-1.4", os.environ["OUT"]), (11, "scribus-x1a", "."), (12, "scribus-x3", "."), (10, "scribus-x4", ".")):
    pdf.version = version
    pdf.file = os.path.join(out, name + ".pdf")
    pdf.save()
