#!/usr/bin/env bash
# Makes the foreign files again, each by a program that is not ours. Not run by the tests: the results are kept in
# this folder. Needs, from Debian: ghostscript librsvg2-bin inkscape libreoffice-writer libreoffice-draw weasyprint
# scribus xvfb chromium texlive-latex-recommended texlive-luatex lmodern qpdf mupdf-tools poppler-utils img2pdf
# python3-pil pdftk-java fonts-dejavu. Usage: make.sh [folder for the results]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export SOURCES=$here/sources OUT=${1:-$here}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work SOURCE_DATE_EPOCH=1767225600

gs_pdf() { gs -q -dSAFER -dBATCH -dNOPAUSE -sDEVICE=pdfwrite "$@"; }
asis=(-sColorConversionStrategy=LeaveColorUnchanged -dAutoFilterColorImages=false -dColorImageFilter=/FlateEncode
  -dAutoFilterGrayImages=false -dGrayImageFilter=/FlateEncode -dPreserveOverprintSettings=true)
embed=(-c '<< /NeverEmbed [] >> setdistillerparams' -f)

# Ghostscript
for name in spots images sizes type3; do gs_pdf "${asis[@]}" -o "$OUT/gs-$name.pdf" "${embed[@]}" "$SOURCES/$name.ps"; done
gs_pdf -dEmbedAllFonts=false -o "$OUT/gs-unembedded.pdf" "$SOURCES/sizes.ps"
gs_pdf -dEncryptionR=3 -dKeyLength=128 -sOwnerPassword=cats -dPermissions=-3904 -o "$OUT/gs-rc4.pdf" "${embed[@]}" "$SOURCES/x3.ps"
/usr/bin/python3 "$SOURCES/profile.py" tiny-cmyk.icc
/usr/bin/python3 "$SOURCES/x3def.py" tiny-cmyk.icc > x3-intent.ps
gs_pdf -dPDFX --permit-file-read="$work/" -sColorConversionStrategy=CMYK -sProcessColorModel=DeviceCMYK -o "$OUT/gs-x3.pdf" x3-intent.ps "${embed[@]}" "$SOURCES/x3.ps"

# cairo: by librsvg, Inkscape and poppler
rsvg-convert -f pdf -o "$OUT/rsvg-transparency.pdf" "$SOURCES/transparency.svg"
inkscape --export-type=pdf --export-filename="$OUT/inkscape-drawing.pdf" "$SOURCES/drawing.svg"
pdftocairo -pdf "$OUT/gs-images.pdf" "$OUT/pdftocairo-images.pdf"

# LibreOffice
soffice --headless --infilter='HTML (StarWriter)' --convert-to pdf:writer_pdf_Export --outdir "$work" "$SOURCES/office.html"
mv office.pdf "$OUT/libreoffice-form.pdf"
soffice --headless --convert-to pdf:draw_pdf_Export --outdir "$work" "$SOURCES/drawing.fodg"
mv drawing.pdf "$OUT/libreoffice-draw.pdf"
soffice --headless --convert-to 'pdf:draw_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"1"}}' --outdir "$work" "$SOURCES/drawing.fodg"
mv drawing.pdf "$OUT/libreoffice-pdfa1.pdf"

# WeasyPrint, Chromium
weasyprint -u "$SOURCES/" "$SOURCES/letter.html" "$OUT/weasyprint-letter.pdf"
chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$OUT/chromium-screen.pdf" "file://$SOURCES/screen.html"

# Scribus
# Scribus embeds a profile of 800 kB; a tiny one stands in for it.
timeout 120 xvfb-run -a scribus -g -ns -py "$SOURCES/scribus.py" "$work" || true
for name in x1a x3 x4; do /usr/bin/python3 "$SOURCES/edit.py" scribus-$name.pdf "$OUT/scribus-$name.pdf" profile=tiny-cmyk.icc; done

# TeX
pdflatex -interaction=batchmode "$SOURCES/article.tex" > /dev/null && pdflatex -interaction=batchmode "$SOURCES/article.tex" > /dev/null && mv article.pdf "$OUT/pdftex-article.pdf"
for name in layers damaged; do pdflatex -interaction=batchmode "$SOURCES/$name.tex" > /dev/null && mv $name.pdf "$OUT/pdftex-$name.pdf"; done
lualatex -interaction=batchmode "$SOURCES/open.tex" > /dev/null && mv open.pdf "$OUT/luatex-open.pdf"

# qpdf: the same pages in other clothes
qpdf --linearize --object-streams=generate "$OUT/pdftex-article.pdf" "$OUT/qpdf-linearised.pdf"
qpdf --encrypt '' cats 256 --print=none -- "$OUT/gs-spots.pdf" "$OUT/qpdf-aes256.pdf"
qpdf --encrypt secret cats 128 --use-aes=y -- "$OUT/gs-spots.pdf" "$OUT/qpdf-password.pdf"
/usr/bin/python3 "$SOURCES/edit.py" "$OUT/gs-x3.pdf" "$OUT/qpdf-userunit.pdf" '/UserUnit=2.0' '/CropBox=[10,10,290,190]'
/usr/bin/python3 "$SOURCES/edit.py" "$OUT/gs-spots.pdf" "$OUT/qpdf-javascript.pdf" 'catalog:/OpenAction={"/S":"/JavaScript","/JS":"u:app.alert(1)"}'

# MuPDF, poppler, pdftk, img2pdf
mutool create -o "$OUT/mutool-create.pdf" "$SOURCES/create.txt"
mutool convert -o "$OUT/mutool-svg.pdf" "$SOURCES/drawing.svg"
pdfunite "$OUT/gs-spots.pdf" "$OUT/rsvg-transparency.pdf" "$OUT/pdfunite-two.pdf"
pdftk "$OUT/gs-type3.pdf" attach_files "$SOURCES/note.txt" output "$OUT/pdftk-attached.pdf"
/usr/bin/python3 "$SOURCES/pictures.py" "$work"
img2pdf --output "$OUT/img2pdf-pictures.pdf" cmyk.jpg grey.png bits.tif
img2pdf --output "$OUT/img2pdf-jpx.pdf" colour.jp2
ls -l "$OUT"/*.pdf
