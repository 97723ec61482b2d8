using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Notices;

/// <summary>A notice as anyone may read it: what is posted is masked already.</summary>
/// <param name="Until">End, exclusive; null while an objection stops the clock.</param>
public sealed record PostedNotice(
    string Id, Text Scheme, Text Step, Text Place, Text Village, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<PostedLine> Lines);

/// <param name="Key">Idempotency key of the objection form.</param>
public sealed record NoticeModel(PostedNotice Notice, string Key, FormState State);

public sealed record ObjectionSentModel(bool Anonymous);
