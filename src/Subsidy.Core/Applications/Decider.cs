using Subsidy.Core.Applications.Deciding;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Applications;

/// <summary>Either events (possibly none: nothing to change) or a refusal.</summary>
/// <param name="Application">The application after the events; null when refused before there was one.</param>
public sealed record Decided(Application? Application, IReadOnlyList<Recorded> Events, Refusal? Refusal);

/// <summary>What happens when somebody wants something: a pure function of the application, the command and the circumstances.</summary>
public static class Decider
{
    public static Decided Decide(Application? application, Command command, Circumstances circumstances)
    {
        var id = application?.Id ?? command switch
        {
            OpenDraft open => open.Id,
            Submit submit => submit.Id,
            _ => null,
        };
        if (id is null)
            return new Decided(null, [], Refusal.Of(RefusalCode.NotFound, "没有这份申请。", "There is no such application."));

        var unfolding = new Unfolding(
            id, application, command.Actor with { Person = circumstances.Township.Find(command.Actor.Id)?.Person }, circumstances);
        var refusal = Try(unfolding, command);
        return refusal is null
            ? new Decided(unfolding.Now, unfolding.Events, null)
            : new Decided(application, [], refusal);
    }

    /// <summary>
    /// A rule of the scheme that cannot be worked out for this form lets no step pass, and skips none: whoever decides is told. For the
    /// engine it is a failure of the turn, which is put off and seen.
    /// </summary>
    private static Refusal? Try(Unfolding unfolding, Command command)
    {
        try
        {
            return Decide(unfolding, command);
        }
        catch (ExpressionException failure) when (command.Actor.Kind is not ActorKind.Engine)
        {
            return Refusal.Of(
                RefusalCode.Invalid,
                $"系统无法按这个事项的规则核对，请把此提示告诉管理员：{failure.Message}",
                $"A rule of this scheme cannot be worked out here; please show this to the administrator: {failure.Message}");
        }
    }

    private static Refusal? Decide(Unfolding unfolding, Command command) => command switch
    {
        OpenDraft c => Intake.OpenDraft(unfolding, c),
        AddPaper c => Intake.AddPaper(unfolding, c),
        Submit c => Intake.Submit(unfolding, c),
        Amend c => Amending.Amend(unfolding, c),
        CastVote c => Voting.Cast(unfolding, c),
        RaiseObjection c => Objecting.Raise(unfolding, c),
        Withdraw c => Ending.Withdraw(unfolding, c),
        Appeal c => Ending.Appeal(unfolding, c),
        MakeRequest c => Requesting.Request(unfolding, c),
        Revoke c => Ending.Revoke(unfolding, c),
        Reopen c => Ending.Reopen(unfolding, c),
        RenewLink c => Assigning.RenewLink(unfolding, c),
        TimePassed => Clock.Pass(unfolding),
        Report c => Reporting.Settle(unfolding, c),
        ReportBounce c => Reporting.Bounce(unfolding, c),
        HearFunds c => Reporting.Hear(unfolding, c),
        CorrectPayee c => Payees.Correct(unfolding, c),
        StopPayments c => Stopping.Stop(unfolding, c),
        CallRecheck c => Rechecking.Call(unfolding, c),
        ReportChange c => Rechecking.Report(unfolding, c),
        ClaimBack c => Recovering.ClaimBack(unfolding, c),
        AgreeInstalments c => Recovering.Agree(unfolding, c),
        RecordRepayment c => Recovering.Repay(unfolding, c),
        ProposeWriteOff c => Recovering.Propose(unfolding, c),
        DecideWriteOff c => Recovering.Decide(unfolding, c),
        SignHandOver c => HandingOver.Sign(unfolding, c),
        WitnessHandOver c => HandingOver.Witness(unfolding, c),
        RefuseHandOver c => HandingOver.Refuse(unfolding, c),
        NameWitness c => HandingOver.Name(unfolding, c),
        DropHandOver c => HandingOver.Drop(unfolding, c),
        DrawStatement c => LookingUp.Draw(unfolding, c),
        _ => throw new InvalidOperationException($"No one decides {command.GetType().Name}."),
    };
}
