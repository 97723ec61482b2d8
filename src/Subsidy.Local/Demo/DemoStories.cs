using System.Runtime.CompilerServices;
using Subsidy.Core.Applications;
using Subsidy.Core.Schemes;

namespace Subsidy.Local.Demo;

/// <summary>
/// What becomes of the sample applications. A story does something, then yields how many days pass before it goes on; where it ends the
/// application stays as it is.
/// </summary>
internal sealed class DemoStories(DemoForms forms, Func<(System.Text.Json.Nodes.JsonObject, string[]), CancellationToken, Task<DemoCase>> submit)
{
    /// <summary>Each with the day, counted from the first, on which it begins.</summary>
    public IEnumerable<(int Day, IAsyncEnumerable<int> Story)> All(CancellationToken cancel)
    {
        for (var i = 0; i < 4; i++)
            yield return (i * 3, Transport(6, cancel)); // all the way to the fund
        for (var i = 0; i < 3; i++)
            yield return (71 + i, Transport(1, cancel)); // on notice in the village
        for (var i = 0; i < 3; i++)
            yield return (74 + i, Transport(0, cancel)); // just in
        yield return (50, Transport(2, cancel)); // the township has not answered: overdue
        yield return (55, TransportReturned(answered: false, cancel));
        yield return (66, TransportReturned(answered: true, cancel));
        yield return (20, TransportReturned(answered: false, cancel)); // lapsed
        yield return (68, TransportObjected(null, cancel));
        yield return (40, TransportObjected(Decision.Approve, cancel));
        yield return (44, TransportObjected(Decision.Reject, cancel));
        yield return (58, TransportRejected(appeals: true, cancel));
        yield return (30, TransportRejected(appeals: false, cancel));
        yield return (62, Withdrawn(cancel));
        for (var i = 0; i < 3; i++)
            yield return (30 + (i * 8), Relief("expenditure", 4, cancel));
        yield return (57, Relief("expenditure", 4, cancel)); // with the bank
        yield return (63, Relief("expenditure", 4, cancel)); // granted when the fund has no money left
        yield return (70, Relief("expenditure", 1, cancel));
        yield return (75, Relief("expenditure", 0, cancel));
        yield return (48, Relief("emergency", 3, cancel));
        yield return (60, Relief("emergency", 1, cancel));
        yield return (50, HandedOver(witnessed: true, "收据〔样例〕1号", cancel));
        yield return (63, HandedOver(witnessed: false, "收据〔样例〕2号", cancel)); // the witness has yet to sign
        yield return (78, Relief("emergency", 0, cancel)); // nobody has answered within the day
        yield return (2, Housing("construction", 2, 99, cancel));
        yield return (5, Housing("construction", 2, 99, cancel));
        yield return (12, Housing("construction", 2, 5, cancel)); // permit issued, not yet set out
        yield return (15, Housing("unused", 2, 5, cancel));
        yield return (18, Housing("construction", 2, 6, cancel)); // set out, being built
        yield return (30, Housing("cultivated", 2, 2, cancel)); // forwarded for conversion
        yield return (28, Housing("construction", 4, 5, cancel)); // forwarded to the county
        yield return (55, Housing("construction", 2, 0, cancel));
        yield return (60, Housing("construction", 2, 1, cancel));
        yield return (64, Housing("construction", 2, 1, cancel));
        yield return (72, Housing("construction", 2, 0, cancel));
        yield return (8, HousingRectifying(cancel));
    }

    private async IAsyncEnumerable<int> Transport(int decisions, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Transport(), cancel);
        await foreach (var days in DecideAsync(demo, decisions, cancel))
            yield return days;
    }

    private async IAsyncEnumerable<int> TransportReturned(bool answered, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Transport(), cancel);
        yield return 2;
        await demo.OneAsync(Decision.Return, cancel);
        if (!answered)
            yield break;
        yield return 3;
        await demo.SayAsync(new Amend(null, [], [], "已补交，请查收。"), cancel);
    }

    private async IAsyncEnumerable<int> TransportObjected(Decision? resolved, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Transport(), cancel);
        yield return 2;
        await demo.OneAsync(Decision.Approve, cancel);
        yield return 2;
        await demo.SayAsync(new RaiseObjection("demo", "匿名以外的邻居", "13700000000", "此人今年没有外出务工满三个月。"), cancel);
        if (resolved is not { } decision)
            yield break;
        yield return 3;
        await demo.OneAsync(decision, cancel);
    }

    private async IAsyncEnumerable<int> TransportRejected(bool appeals, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Transport(), cancel);
        yield return 3;
        await demo.OneAsync(Decision.Reject, cancel);
        if (!appeals)
            yield break;
        yield return 4;
        await demo.SayAsync(new Appeal("我有完整的务工证明，请重新核实。"), cancel);
    }

    private async IAsyncEnumerable<int> Withdrawn([EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Transport(), cancel);
        yield return 4;
        await demo.SayAsync(new Withdraw("信息填错，重新申请。"), cancel);
    }

    private async IAsyncEnumerable<int> Relief(string kind, int decisions, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Relief(kind), cancel);
        await foreach (var days in DecideAsync(demo, decisions, cancel))
            yield return days;
    }

    private async IAsyncEnumerable<int> HandedOver(bool witnessed, string receipt, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Relief("emergency", "flood"), cancel);
        await foreach (var days in DecideAsync(demo, 1, cancel))
            yield return days;
        yield return 1;
        await demo.HandOverAsync(DemoPaydays.Preparer, receipt, cancel);
        if (!witnessed)
            yield break;
        yield return 1;
        await demo.WitnessAsync(cancel);
    }

    private async IAsyncEnumerable<int> Housing(string landType, int floors, int decisions, [EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Housing(landType, floors), cancel);
        await foreach (var days in DecideAsync(demo, decisions, cancel))
            yield return days;
    }

    private async IAsyncEnumerable<int> HousingRectifying([EnumeratorCancellation] CancellationToken cancel)
    {
        var demo = await submit(forms.Housing(), cancel);
        await foreach (var days in DecideAsync(demo, 5, cancel))
            yield return days;
        yield return 3;
        await demo.SayAsync(new MakeRequest("settingOut", null), cancel);
        yield return 1;
        await demo.AllAsync(Decision.Reject, cancel);
    }

    /// <summary>Lets people decide as often as told; notices, requests and papers come as they must.</summary>
    private static async IAsyncEnumerable<int> DecideAsync(DemoCase demo, int decisions, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (decisions > 0)
        {
            yield return 1;
            var application = await demo.ReadAsync(cancel);
            if (application.Final)
                yield break;
            if (application.Assignments.Count > 0)
            {
                await demo.AllAsync(Decision.Approve, cancel);
                decisions--;
            }
            else if (application.Waiting is { Kind: WaitingKind.Request } waiting)
            {
                await demo.SayAsync(new MakeRequest(waiting.Step, null), cancel);
            }
            else if (application.Waiting is not null)
            {
                yield break;
            }
        }
    }
}
