using System.Text;
using QRCoder;

namespace Subsidy.Web.Pages.Permits;

/// <summary>A QR code (ISO/IEC 18004) as SVG, with the error correction that survives a fold in the paper.</summary>
internal static class QrCode
{
    public static byte[] Svg(string content)
    {
        using var data = QRCodeGenerator.GenerateQrCode(content, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return Encoding.UTF8.GetBytes(code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute));
    }
}
