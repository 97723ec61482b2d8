using System.Text.Encodings.Web;
using System.Text.Json;

namespace Subsidy.Web.Tests.Site;

internal static class Readable
{
    /// <summary>Chinese as it is, for looking for it.</summary>
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
