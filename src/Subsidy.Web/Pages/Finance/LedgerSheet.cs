using System.Globalization;
using System.Runtime.CompilerServices;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Core.Funds;
using Subsidy.Core.Township;
using Subsidy.Web.Exports;
using Subsidy.Web.Wording;

namespace Subsidy.Web.Pages.Finance;

/// <summary>The ledger of a fund-year as a table to take away.</summary>
internal static class LedgerSheet
{
    private static readonly Text[] Headings =
    [
        new("序号", "Number"), new("时间", "Time"), new("经办", "By"), new("摘要", "Entry"), new("对象", "Subject"), new("金额（元）", "Amount (yuan)"),
        new("贷方", "From"), new("借方", "To"), new("批次", "Run"), new("凭证或原因", "Document or reason"), new("追回", "Recovery"),
    ];

    public static Sheet Of(FundKey key, IAsyncEnumerable<StoredEntry> entries, TownshipRegister township)
    {
        var culture = CultureInfo.CurrentUICulture;
        return new Sheet($"ledger-{key.Year.ToString(CultureInfo.InvariantCulture)}", [.. Headings.Select(heading => heading.In(culture))], Rows(entries, township, culture));
    }

    private static async IAsyncEnumerable<IReadOnlyList<object?>> Rows(
        IAsyncEnumerable<StoredEntry> entries, TownshipRegister township, CultureInfo culture, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var (entry, _, _, _) in entries.WithCancellation(cancel))
        {
            yield return
            [
                entry.Number, entry.At, Who(entry.Actor, township), LedgerText.Kind(entry.Kind).In(culture), entry.Subject, entry.Amount,
                Name(entry.From, culture), Name(entry.To, culture), entry.Run,
                LedgerText.Note(entry, township)?.In(culture), entry.Recovery,
            ];
        }
    }

    private static string Who(Actor actor, TownshipRegister township) => township.NameOf(actor.Id) ?? "";

    private static string? Name(Account? account, CultureInfo culture) => account is { } one ? LedgerText.Account(one).In(culture) : null;
}
