using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Core.Schemes;

namespace Subsidy.Core.Engine;

/// <summary>Freezes where each payment goes, and notes it for the check for duplicates.</summary>
internal sealed class Looking(IStreams streams, ISchemes schemes, WantedPayments wanted, FlagCheck flags) : IChunkPhase
{
    private const int MaxRemittance = 140;

    public bool IsDone(PayRun run, ChunkState state, int answer) => state >= ChunkState.Looked;

    public async Task<PayChunk> StepAsync(PayRun run, PayChunk chunk, CancellationToken cancel) => chunk with
    {
        State = ChunkState.Looked,
        Lines = await WantedPayments.EachAsync(chunk.Lines, (line, stop) => LookAsync(run, line, stop), cancel),
    };

    public Task<PayRunCommand> EndAsync(PayRun run, IReadOnlyList<ChunkTally> chunks, CancellationToken cancel) =>
        Task.FromResult<PayRunCommand>(new EndLooking());

    private async Task<PayLine> LookAsync(PayRun run, PayLine line, CancellationToken cancel)
    {
        var (application, why) = await wanted.FindAsync(line, cancel);
        if (application is null)
            return line with { Excluded = why };
        var scheme = await schemes.PinnedAsync(application.Scheme, cancel);
        var looked = wanted.Freeze(line, application.Payee!) with { Persons = application.Persons, Remittance = RemittanceOf(line, scheme) };
        if (RunFile.Faults(run, looked).Any())
            return line with { Excluded = Exclusion.Unpayable, Persons = application.Persons };
        await flags.NoteAsync(run, looked, cancel);
        return looked with { IdNumber = await IdNumberAsync(application, cancel) };
    }

    /// <summary>Scheme and period, as the payee reads them on the statement.</summary>
    private static string RemittanceOf(PayLine line, Scheme scheme)
    {
        var period = line.Entitlement[(line.Application.Length + 1)..];
        var text = scheme.Amount is null or { Schedule: Schedule.Once } ? scheme.Title.Zh : $"{scheme.Title.Zh} {period}";
        return text.Length <= MaxRemittance ? text : text[..MaxRemittance];
    }

    /// <summary>ID number of the payee as the latest form has it; null where the payee is neither the applicant nor of the household.</summary>
    private async Task<string?> IdNumberAsync(Application application, CancellationToken cancel)
    {
        Form? form = null;
        await foreach (var stored in streams.ReadAsync(application.Id, cancel))
            form = stored.Recorded.Event switch
            {
                Submitted { Form: { } submitted } => submitted,
                Amended { Form: { } amended } => amended,
                _ => form,
            };
        if (form is null)
            return null;
        var name = application.Payee!.Name;
        return form.Applicant.Name == name
            ? form.Applicant.IdNumber
            : form.Household.Where(member => member.Name == name).Select(member => member.IdNumber).FirstOrDefault();
    }
}
