using System.Globalization;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;
using Subsidy.Core.Township;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Api;

/// <summary>A notice as anyone may read it. Texts are in the language of the request.</summary>
/// <param name="Id">For objecting.</param>
/// <param name="Until">End, exclusive; null while an objection stops the clock.</param>
/// <param name="Lines">Masked.</param>
internal sealed record NoticeDocument(
    string Id, string Scheme, string Step, string Village, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<NoticeLineDocument> Lines)
{
    /// <param name="application">With a notice.</param>
    public static NoticeDocument Of(Application application, Scheme scheme, TownshipRegister township)
    {
        var culture = CultureInfo.CurrentUICulture;
        var notice = application.Notice!;
        return new NoticeDocument(
            application.Id,
            scheme.Title.In(culture),
            Titles.Step(scheme, notice.Step).In(culture),
            township.FindVillage(application.Village)?.Name.In(culture) ?? application.Village,
            notice.From,
            notice.Until,
            [.. notice.Lines.Select(line => new NoticeLineDocument(line.Label.In(culture), line.Value))]);
    }
}

internal sealed record NoticeLineDocument(string Label, string Value);
