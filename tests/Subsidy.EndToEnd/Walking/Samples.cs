using System.Text;
using System.Text.Json.Nodes;

namespace Subsidy.EndToEnd.Walking;

/// <summary>Invented people of the sample township, and their papers.</summary>
public static class Samples
{
    private static int people;

    /// <summary>
    /// An ID number of the county that does not exist (369900), with its check character (GB 11643); each call a new person. Tests may
    /// run against a system that has seen other people: the start differs from run to run.
    /// </summary>
    public static string NewIdNumber()
    {
        var serial = (Environment.ProcessId * 37 + Interlocked.Increment(ref people)) % 10_000_000;
        var birth = new DateOnly(1960, 1, 1).AddDays(serial / 1000);
        var digits = $"369900{birth:yyyyMMdd}{serial % 1000:D3}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = digits.Select((digit, i) => (digit - '0') * weights[i]).Sum();
        return digits + "10X98765432"[sum % 11];
    }

    /// <summary>A debit card's number with its check digit (ISO/IEC 7812-1 annex B); each call another.</summary>
    public static string NewAccount()
    {
        var digits = $"622202{Interlocked.Increment(ref people):D12}";
        var sum = digits.Reverse().Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return digits + (10 - (sum % 10)) % 10;
    }

    public static byte[] Pdf(string text = "paper") => Encoding.ASCII.GetBytes($"%PDF-1.4\n% {text} {NewIdNumber()}\n%%EOF\n");

    /// <summary>The smallest JPEG that is one by its first bytes.</summary>
    public static byte[] Jpeg() => [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xFF, 0xD9];

    public static JsonObject Person(string name, string idNumber, string? email = null) => new()
    {
        ["kind"] = "person", ["name"] = name, ["idNumber"] = idNumber, ["phone"] = "13800138000", ["email"] = email,
    };
}
