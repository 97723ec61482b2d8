using System.Globalization;
using Microsoft.Extensions.Localization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.Finance.Cases;

/// <summary>Something that staff order about an application's money, each on a page of its own.</summary>
/// <param name="Name">Last part of its address; its words begin with it.</param>
/// <param name="Fields">What the form asks.</param>
/// <param name="Read">The command that was typed, or what is wrong with it.</param>
/// <param name="Dangerous">It takes something away.</param>
internal sealed record MoneyOrder(
    string Name,
    Func<CaseMoneyModel, string, bool> May,
    Func<IStringLocalizer<FinanceWords>, CaseMoneyModel, IReadOnlyList<Field>> Fields,
    Func<Typed, string, string, List<Fault>, Command> Read,
    bool Dangerous = false)
{
    private const int MostInstalments = 60;

    private static readonly StopReason[] Reasons = [StopReason.Ineligible, StopReason.Died, StopReason.MovedAway, StopReason.Withdrawn];

    public static readonly IReadOnlyList<MoneyOrder> All =
    [
        new("stop", (model, _) => model.MayStop, (words, _) =>
            [
                new ChoiceField("/reason", words["Reason"], null, Required: true, [.. Reasons.Select(one => new Option(one.ToString(), words[$"stop.{one}"]))]),
                new TextField("/last", words["stop.last"], words["stop.lastHelp"], Required: false, MaxLength: 20),
                new TextField("/comment", words["Comment"], words["claim.reasonHelp"], Required: true, MaxLength: 2000, Long: true),
            ],
            (typed, _, staff, faults) => new StopPayments(staff, Reason(typed, faults), typed["/last"].Trim() is { Length: > 0 } last ? last : null, typed["/comment"].Trim()),
            Dangerous: true),
        new("recheck", (model, _) => model.MayRecheck, (words, _) =>
            [new TextField("/comment", words["recheck.why"], words["recheck.whyHelp"], Required: true, MaxLength: 2000, Long: true)],
            (typed, _, staff, _) => new CallRecheck(staff, typed["/comment"].Trim())),
        new("claim", (model, of) => model.Find(of) is { } one && model.MayClaim(one), (words, _) =>
            [Amount(words), new TextField("/reason", words["Reason"], words["claim.reasonHelp"], Required: true, MaxLength: 2000, Long: true)],
            (typed, of, staff, faults) => new ClaimBack(staff, of, Yuan(typed, "/amount", faults), typed["/reason"].Trim()),
            Dangerous: true),
        new("instalments", (model, of) => Recovery(model, of) is { } one && model.MayCollect(one), (words, _) => [Instalments(words)],
            (typed, of, staff, faults) => new AgreeInstalments(staff, of, ReadInstalments(typed, faults))),
        new("repayment", (model, of) => Recovery(model, of) is { } one && model.MayCollect(one), (words, _) =>
            [Amount(words), new TextField("/document", words["repayment.document"], null, Required: true, MaxLength: 100)],
            (typed, of, staff, faults) => new RecordRepayment(staff, of, Yuan(typed, "/amount", faults), typed["/document"].Trim())),
        new("writeoff", (model, of) => Recovery(model, of) is { } one && model.MayPropose(one), (words, _) =>
            [new TextField("/reason", words["Reason"], null, Required: true, MaxLength: 2000, Long: true)],
            (typed, of, staff, _) => new ProposeWriteOff(staff, of, Shown(typed), typed["/reason"].Trim()), Dangerous: true),
        new("decision", (model, of) => Recovery(model, of) is { } one && model.MayDecide(one), (words, _) =>
            [new ChoiceField("/accept", words["decision.accept"], null, Required: true, [new Option("yes", words["decision.yes"]), new Option("no", words["decision.no"])])],
            (typed, of, staff, faults) => new DecideWriteOff(staff, of, Shown(typed), Accepted(typed, faults)), Dangerous: true),
    ];

    public MoneyOrderModel Model(string of, IStringLocalizer<FinanceWords> words, CaseMoneyModel money, FormState state) =>
        new(Name, of, Dangerous, Fields(words, money), money, state);

    public static MoneyOrder? Find(string name) => All.FirstOrDefault(order => order.Name == name);

    private static Recovery? Recovery(CaseMoneyModel model, string id) => model.Application.Recoveries.FirstOrDefault(one => one.Id == id);

    private static TextField Amount(IStringLocalizer<FinanceWords> words) =>
        new("/amount", words["AmountYuan"], null, Required: true, MaxLength: 30, InputMode: "decimal");

    private static Money Yuan(Typed typed, string pointer, List<Fault> faults)
    {
        if (YuanInput.Read(typed[pointer]) is { } amount)
            return amount;
        faults.Add(new Fault(pointer, YuanInput.Unreadable));
        return Money.Zero;
    }

    /// <summary>What the page said was outstanding. Where it said nothing, nobody was shown anything.</summary>
    private static Money Shown(Typed typed) =>
        long.TryParse(typed["shown"], NumberStyles.None, CultureInfo.InvariantCulture, out var fen) ? new Money(fen) : Money.Zero;

    private static StopReason Reason(Typed typed, List<Fault> faults)
    {
        if (Enum.TryParse<StopReason>(typed["/reason"], out var reason) && Reasons.Contains(reason))
            return reason;
        faults.Add(Choose("/reason"));
        return default;
    }

    private static bool Accepted(Typed typed, List<Fault> faults)
    {
        if (typed["/accept"] is not ("yes" or "no"))
            faults.Add(Choose("/accept"));
        return typed["/accept"] is "yes";
    }

    private static Fault Choose(string pointer) => new(pointer, new Text("请选择。", "Please choose."));

    private static RowsField Instalments(IStringLocalizer<FinanceWords> words) => new(
        "/instalments", words["instalments.title"], null, Required: true,
        index =>
        [
            new DateField($"/instalments/{Number(index)}/due", words["instalments.due"], null, Required: true),
            new TextField($"/instalments/{Number(index)}/amount", words["AmountYuan"], null, Required: true, MaxLength: 30, InputMode: "decimal"),
        ],
        Offered: 3, MostInstalments);

    private static List<Instalment> ReadInstalments(Typed typed, List<Fault> faults)
    {
        var read = new List<Instalment>();
        for (var index = 0; index < MostInstalments; index++)
        {
            var (due, amount) = ($"/instalments/{Number(index)}/due", $"/instalments/{Number(index)}/amount");
            if (typed[due].Trim().Length == 0 && typed[amount].Trim().Length == 0)
                continue;
            if (!DateOnly.TryParseExact(typed[due], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                faults.Add(new Fault(due, new Text("请填写日期。", "Please enter a date.")));
            read.Add(new Instalment(day, Yuan(typed, amount, faults)));
        }
        return read;
    }

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);
}
