namespace Subsidy.Storage.Papers;

/// <summary>Tells what a file is by its first bytes; its name is never looked at.</summary>
internal static class ContentTypes
{
    /// <summary>As many first bytes as are needed.</summary>
    public const int Needed = 12;

    /// <summary>Major brands of HEIF files coded with HEVC, as telephones write them (ISO/IEC 23008-12).</summary>
    private static readonly byte[][] HeicBrands = [.. "heic heix hevc hevx heim heis mif1 msf1".Split(' ').Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <returns>The media type, or null when papers of that sort are not taken.</returns>
    public static string? Of(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (start.Length < Needed || !start[4..8].SequenceEqual("ftyp"u8))
            return null;
        foreach (var brand in HeicBrands)
        {
            if (start[8..12].SequenceEqual(brand))
                return "image/heic";
        }
        return null;
    }
}
