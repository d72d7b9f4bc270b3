# Pictures as img2pdf takes them in: a CMYK JPEG, a grey PNG, a 1-bit TIFF, a JPEG 2000.
import sys
from os.path import join
from PIL import Image
out = sys.argv[1]
ramp = Image.linear_gradient("L").resize((60, 60))
turned = ramp.rotate(90)
dpi = (100, 100)
Image.merge("CMYK", (ramp, turned, ramp.rotate(180), turned.rotate(180))).save(join(out, "cmyk.jpg"), dpi=dpi)
ramp.save(join(out, "grey.png"), dpi=(300, 300))
ramp.convert("1").save(join(out, "bits.tif"), compression="group4", dpi=(600, 600))
Image.merge("RGB", (ramp, turned, ramp.rotate(180))).save(join(out, "colour.jp2"))
