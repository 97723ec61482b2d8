using System.Globalization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Storage.Papers;
using Subsidy.Web.Intake;

namespace Subsidy.Web.Papers;

/// <summary>What one paper may be, by the scheme's rule for its kind.</summary>
internal static class PaperRules
{
    /// <summary>One file, whatever the scheme allows: a host may hold a whole request in memory.</summary>
    public const long MostBytes = 20 * 1024 * 1024;

    public static string Pointer(string kind) => $"/papers/{JsonPointer.Escape(kind)}";

    public static long Most(DocumentRule rule) => Math.Min(rule.MaxBytes, MostBytes);

    public static Fault UnknownKind(string kind) =>
        new(Pointer(kind), new Text("没有这种材料。", "There is no such kind of document."));

    public static Fault? Of(TakenPaper taken, DocumentRule rule) => taken switch
    {
        { Fault: { } fault } => new Fault(Pointer(rule.Kind), Say(fault, Most(rule))),
        { Paper: { } paper } when !rule.ContentTypes.Contains(paper.ContentType) => new Fault(Pointer(rule.Kind), Say(PaperFault.UnknownType, 0, rule.ContentTypes)),
        _ => null,
    };

    public static Text Say(PaperFault fault, long most, IReadOnlyList<string>? types = null) => fault switch
    {
        PaperFault.Empty => new Text("文件是空的。", "The file is empty."),
        PaperFault.TooLarge => new Text($"文件最大 {Megabytes(most)} MB。", $"A file has at most {Megabytes(most)} MB."),
        PaperFault.UnknownType => new Text(
            $"只接受 {Names(types)} 文件（按内容判断，与文件名无关）。", $"Only {Names(types)} files are taken (told by content, whatever the name)."),
        PaperFault.Unsafe => new Text("安全检查没有通过，请换一个文件。", "The security check did not pass; please use another file."),
        PaperFault.Unscanned => new Text(
            "安全检查没能完成。请稍后再提交；加密的文件请先取消密码。",
            "The security check could not be completed. Please send it again later; a file with a password must be saved without one."),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string Megabytes(long bytes) => (bytes / (1024.0 * 1024.0)).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Names(IReadOnlyList<string>? types) => types is null or []
        ? "PDF, JPEG, PNG, HEIC"
        : string.Join(", ", types.Select(type => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..].ToUpperInvariant()));
}
