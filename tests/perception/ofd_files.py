"""OFD files and invoices' data for tests; all generated, of firms that do not exist."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from PIL import Image, ImageDraw

NUMBER = "24132000000012345678"
SELLER, BUYER = "石家庄示例货运有限公司", "天津市示例(商贸)有限公司"
SELLER_ID, BUYER_ID = "91130108G8BLHHDH6N", "91120101MA06XYLK5R"
XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def png(color: str = "red", size: tuple[int, int] = (120, 80)) -> bytes:
    """A picture with a ring on it."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).ellipse((4, 4, size[0] - 5, size[1] - 5), outline=color, width=6)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def zipped(parts: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    """The parts as a zip."""
    held = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return held.getvalue()


def words_at(x: float, y: float, text: str, *, size: float = 4.0, id_: int = 0) -> str:
    """A text object of one line, its letters a size apart."""
    steps = [size if ord(c) > 0x2E7F else size / 2 for c in text]
    wide, step = sum(steps) + 2, " ".join(f"{s:g}" for s in steps[:-1])
    return (
        f'<ofd:TextObject ID="{id_}" Boundary="{x} {y} {wide} {size * 1.5}" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{step}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def page_of(*objects: str, template: str = "", box: str = "0 0 210 140") -> str:
    """A page's content."""
    used = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    return (
        f"<ofd:Page {XMLNS}><ofd:Area><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:Area>{used}"
        f'<ofd:Content><ofd:Layer ID="9">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def ofd_parts(
    pages: list[str], *, template: str = "", common: str = "", after: str = "", info: str = ""
) -> dict[str, bytes | str]:
    """The parts of an OFD with these pages."""
    listed = "".join(
        f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    known = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else ""
    parts: dict[str, bytes | str] = {
        "OFD.xml": f'<ofd:OFD {XMLNS} Version="1.0"><ofd:DocBody>{info}'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {XMLNS}><ofd:CommonData><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 140</ofd:PhysicalBox></ofd:PageArea>{known}{common}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{after}</ofd:Document>",
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template
    return parts | {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}


def einvoice(total: str = "1130.00", *, special: bool = True, number: str = NUMBER) -> str:
    """The data of a fully digital invoice."""
    code, label = ("01", "专用发票") if special else ("02", "普通发票")
    return (
        "<?xml version='1.0' encoding='UTF-8'?><EInvoice><Header><EIid>1</EIid><InherentLabel>"
        f"<GeneralOrSpecialVAT><LabelCode>{code}</LabelCode><LabelName>{label}</LabelName>"
        "</GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>"
        f"<SellerInformation><SellerIdNum>{SELLER_ID}</SellerIdNum>"
        f"<SellerName>{SELLER}</SellerName></SellerInformation>"
        f"<BuyerInformation><BuyerIdNum>{BUYER_ID}</BuyerIdNum>"
        f"<BuyerName>{BUYER}</BuyerName></BuyerInformation><BasicInformation>"
        "<TotalAmWithoutTax>1000</TotalAmWithoutTax><TotalTaxAm>130.00</TotalTaxAm>"
        f"<TotalTax-includedAmount>{total}</TotalTax-includedAmount></BasicInformation>"
        "<IssuItemInformation><ItemName>*运输服务*运费</ItemName><Amount>1000</Amount>"
        "<TaxRate>0.13</TaxRate><TotalAmount>9</TotalAmount></IssuItemInformation></EInvoiceData>"
        f"<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber>"
        "<IssueTime>2024-03-05 10:11:12</IssueTime></TaxSupervisionInfo></EInvoice>"
    )


def old_einvoice() -> str:
    """The data that lies in an OFD invoice of 2020."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><fp:eInvoice xmlns:fp="urn:example">'
        "<fp:InvoiceCode>013002000111</fp:InvoiceCode><fp:InvoiceNo>12345678</fp:InvoiceNo>"
        "<fp:IssueDate>2020年08月17日</fp:IssueDate>"
        "<fp:InvoiceCheckCode>12345678901234567890</fp:InvoiceCheckCode>"
        f"<fp:Buyer><fp:BuyerName>{BUYER}</fp:BuyerName>"
        f"<fp:BuyerTaxID>{BUYER_ID}</fp:BuyerTaxID></fp:Buyer>"
        f"<fp:Seller><fp:SellerName>{SELLER}</fp:SellerName>"
        f"<fp:SellerTaxID>{SELLER_ID}</fp:SellerTaxID></fp:Seller>"
        "<fp:TaxInclusiveTotalAmount>1,130.00</fp:TaxInclusiveTotalAmount>"
        "<fp:TaxExclusiveTotalAmount>1000.00</fp:TaxExclusiveTotalAmount>"
        "<fp:TaxTotalAmount>130.00</fp:TaxTotalAmount><fp:GoodsInfos><fp:GoodsInfo>"
        "<fp:Item>运费</fp:Item><fp:TaxAmount>7.00</fp:TaxAmount></fp:GoodsInfo></fp:GoodsInfos>"
        "</fp:eInvoice>"
    )


PRINTED = (
    words_at(70, 8, "电子发票（增值税专用发票）", size=5),
    words_at(150, 20, f"发票号码：{NUMBER}", size=3),
    words_at(150, 26, "开票日期：2024年03月05日", size=3),
    words_at(12, 40, f"名称：{BUYER}", size=3),
    words_at(112, 40, f"名称：{SELLER}", size=3),
    words_at(12, 48, f"统一社会信用代码/纳税人识别号：{BUYER_ID}", size=2.6),
    words_at(112, 48, f"统一社会信用代码/纳税人识别号：{SELLER_ID}", size=2.6),
    words_at(12, 60, "项目名称", size=3),
    words_at(120, 92, "¥1000.00", size=3),
    words_at(180, 92, "¥130.00", size=3),
    words_at(12, 100, "价税合计（大写）", size=3),
    words_at(60, 100, "壹仟壹佰叁拾圆整", size=3),
    words_at(150, 100, "（小写）¥1130.00", size=3),
)


def invoice_ofd(data: str | None = None, *, name: str = "original_invoice.xml") -> bytes:
    """A fully digital invoice as OFD: a template with its title, print, picture, seal and data."""
    return zipped(invoice_parts(data, name=name))


def invoice_parts(
    data: str | None = None, *, name: str = "original_invoice.xml"
) -> dict[str, bytes | str]:
    """The parts of :func:`invoice_ofd`."""
    picture = '<ofd:ImageObject ID="70" ResourceID="7" Boundary="10 5 20 20" CTM="20 0 0 20 0 0"/>'
    line = (
        '<ofd:PathObject Boundary="10 35 190 70" LineWidth="0.4">'
        "<ofd:AbbreviatedData>M 0 0 L 190 0 B 190 20 190 40 190 70 C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )
    attached = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if data else ""
    parts = ofd_parts(
        [page_of(*PRINTED[1:], picture, template="50")],
        template=page_of(PRINTED[0], line),
        common="<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>",
        after=attached,
    )
    parts["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res {XMLNS} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    parts["Doc_0/Res/a.png"] = png("blue")
    parts |= seal_parts()
    if data:
        parts["Doc_0/Attachs/Attachments.xml"] = (
            f'<ofd:Attachments {XMLNS}><ofd:Attachment ID="8" Name="original_invoice">'
            f"<ofd:FileLoc>{name}</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
        )
        parts[f"Doc_0/Attachs/{name}"] = data
    return parts


def seal_parts() -> dict[str, bytes | str]:
    """A signature that sets a seal on the first page."""
    title = "石家庄示例货运有限公司发票专用章".encode()
    return {
        "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {XMLNS}>"
        '<ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>',
        "Doc_0/Signs/Sign_0/Signature.xml": f"<ofd:Signature {XMLNS}><ofd:SignedInfo>"
        '<ofd:StampAnnot ID="1" PageRef="1" Boundary="150 105 40 28"/><ofd:Seal>'
        "<ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo></ofd:Signature>",
        "Doc_0/Signs/Sign_0/Seal.esl": b"\x30\x82\x0c\x02ES\x0c"
        + bytes([len(title)])
        + title
        + png(),
    }
