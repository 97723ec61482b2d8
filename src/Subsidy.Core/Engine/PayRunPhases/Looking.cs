using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Engine;

/// <summary>
/// Freezes where each payment goes, and notes it for the check for duplicates: what is held too, as others are checked against it. But a
/// hold leads a run past an application that can no longer be opened.
/// </summary>
internal sealed class Looking(IStreams streams, ISchemes schemes, WantedPayments wanted, HeldPayments held, FlagCheck flags) : IChunkPhase
{
    private const int MaxRemittance = 140;

    public bool IsDone(PayRun run, ChunkState state, int answer) => state >= ChunkState.Looked;

    public async Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => chunk with
    {
        State = ChunkState.Looked,
        Lines = await WantedPayments.EachAsync(
            await held.LeaveOutAsync(run, chunk.Lines, cancel), (line, stop) => line.Included ? LookAsync(run, line, stop) : LookAtHeldAsync(run, line, stop), cancel),
    };

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) =>
        Task.FromResult<PayRunCommand>(new EndLooking());

    private async Task<PayLine> LookAtHeldAsync(PayRun run, PayLine held, CancellationToken cancel)
    {
        try
        {
            return await LookAsync(run, held, cancel);
        }
        catch (UnreadableApplicationException)
        {
            return held;
        }
    }

    private async Task<PayLine> LookAsync(PayRun run, PayLine line, CancellationToken cancel)
    {
        var (head, why) = await wanted.FindAsync(line, cancel);
        if (head is null)
            return line with { Excluded = why };
        var application = head.Application;
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var looked = wanted.Freeze(line, application.Payee!) with
        {
            Persons = application.Persons,
            Deciders = [.. application.Acts.Where(act => act.Decided).Select(act => act.Staff).Distinct()],
            Remittance = RemittanceOf(line, scheme),
            FailedFor = application.Entitlements.First(one => one.Id == line.Entitlement).Code,
        };
        if (RunFile.Faults(run, looked).Any())
            return line with { Excluded = Exclusion.Unpayable, Persons = application.Persons };
        await flags.NoteAsync(run, looked, cancel);
        return looked with { IdNumber = await IdNumberAsync(head, cancel) };
    }

    /// <summary>Scheme and period, as the payee reads them on the statement.</summary>
    private static string RemittanceOf(PayLine line, Scheme scheme)
    {
        var period = line.Entitlement[(line.Application.Length + 1)..];
        var text = scheme.Amount is null or { Schedule: Schedule.Once } ? scheme.Title.Zh : $"{scheme.Title.Zh} {period}";
        return RunFile.Cut(text, MaxRemittance);
    }

    /// <summary>ID number of the payee as the latest form has it; null where the payee is neither the applicant nor of the household.</summary>
    private async Task<string?> IdNumberAsync(Head head, CancellationToken cancel)
    {
        if (await FormAsync(head, cancel) is not { } form)
            return null;
        var name = head.Application.Payee!.Name;
        return form.Applicant.Name == name
            ? form.Applicant.IdNumber
            : form.Household.Where(member => member.Name == name).Select(member => member.IdNumber).FirstOrDefault();
    }

    private async Task<Form?> FormAsync(Head head, CancellationToken cancel) =>
        head.Application.FormAt > 0 && await streams.FindAsync(head, head.Application.FormAt, cancel) is { } recorded ? FormOf(recorded.Event) : null;

    private static Form? FormOf(Event e) => e switch
    {
        Submitted submitted => submitted.Form,
        Amended amended => amended.Form,
        _ => null,
    };
}
