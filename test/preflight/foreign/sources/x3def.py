# Ghostscript's PDFX_def.ps with its example entries filled in. Usage: x3def.py profile.icc
import os, sys
print(f"""%!
[ /GTS_PDFXVersion (PDF/X-3:2003) /Title (PDF/X-3 by Ghostscript) /Trapped /False /DOCINFO pdfmark
[/_objdef {{icc}} /type /stream /OBJ pdfmark
[{{icc}} << /N 4 >> /PUT pdfmark
[{{icc}} ({os.path.abspath(sys.argv[1])}) (r) file /PUT pdfmark
[/_objdef {{intent}} /type /dict /OBJ pdfmark
[{{intent}} << /Type /OutputIntent /S /GTS_PDFX /OutputCondition (Test) /Info (Test)
 /OutputConditionIdentifier (Custom) /RegistryName (http://www.color.org) /DestOutputProfile {{icc}} >> /PUT pdfmark
[{{Catalog}} << /OutputIntents [ {{intent}} ] >> /PUT pdfmark""")
