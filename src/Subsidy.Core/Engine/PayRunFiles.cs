using Subsidy.Core.Applications;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <param name="Content">Null when refused.</param>
public sealed record FileDownload(BankFile? File, byte[]? Content, Refusal? Refusal);

/// <summary>Hands the bank files to those who may have them, and writes down who had them.</summary>
public sealed class PayRunFiles(IPayRunBooks runs, IBankFiles files, PayRunDesk desk)
{
    /// <summary>A second download is recorded, not forbidden.</summary>
    /// <inheritdoc cref="RecordDownload" path="/param[@name='Instead']"/>
    public async Task<FileDownload> DownloadAsync(PayRunId run, BankFileKind kind, string staff, CancellationToken cancel, bool instead = false)
    {
        var recorded = await desk.HandleAsync(run, new RecordDownload(staff, kind, instead), cancel);
        if (recorded.Refusal is { } refusal)
            return new FileDownload(null, null, refusal);
        var content = await files.FindAsync(BankFileNames.Of(run, kind), cancel)
            ?? throw new InvalidOperationException($"{BankFileNames.Of(run, kind)} is gone.");
        return new FileDownload(recorded.Run!.FileOf(kind), content, null);
    }

    /// <summary>
    /// The file made anew from the stored lines, byte for byte: what an auditor compares with the SHA-256 in the events. Null before the run
    /// is committed, and where there is no such file.
    /// </summary>
    public async Task<byte[]?> RebuildAsync(PayRunId run, BankFileKind kind, CancellationToken cancel)
    {
        var writing = new BankFileWriting(runs, files);
        if (await runs.LoadAsync(run, cancel) is not { Run.Ordered: not null } sheet || !await writing.ExistsAsync(sheet, kind, cancel))
            return null;
        using var bytes = new MemoryStream();
        await writing.WriteAsync(sheet, kind, bytes, cancel);
        return bytes.ToArray();
    }
}
