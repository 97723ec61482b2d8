using System.IO.Pipelines;
using System.Security.Cryptography;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>
/// Writes the files for the bank, once: whoever comes second finds the same bytes, or something is very wrong. No file is ever in memory
/// as a whole: it is written as fast as storage takes it, and hashed on the way.
/// </summary>
internal sealed class BankFileWriting(IPayRunBooks runs, IBankFiles files)
{
    public async Task<EndWriting> WriteAsync(PayRunSheet sheet, CancellationToken cancel) => new(
        await PutAsync(sheet, BankFileKind.PaymentOrder, cancel),
        await ExistsAsync(sheet, BankFileKind.OneCard, cancel) ? await PutAsync(sheet, BankFileKind.OneCard, cancel) : null);

    /// <summary>There is no one-card file where a payee's ID number is not known.</summary>
    public async Task<bool> ExistsAsync(PayRunSheet sheet, BankFileKind kind, CancellationToken cancel) =>
        kind is BankFileKind.PaymentOrder || await LinesAsync(sheet, cancel).AllAsync(line => line.IdNumber is not null, cancel);

    /// <summary>Writes the file as it follows from the lines.</summary>
    public async Task<BankFile> WriteAsync(PayRunSheet sheet, BankFileKind kind, Stream output, CancellationToken cancel)
    {
        await using var hashing = new HashingStream(output);
        var lines = LinesAsync(sheet, cancel);
        if (kind is BankFileKind.PaymentOrder)
            await PaymentOrderWriter.WriteAsync(RunFile.OrderOf(sheet.Run), lines.Select(RunFile.TransferOf), hashing, cancel);
        else
            await OneCardFile.WriteAsync(RunFile.BatchOf(sheet.Run), lines.Select(RunFile.PaymentOf), hashing, cancel);
        return new BankFile(hashing.Sha256, hashing.Written);
    }

    private IAsyncEnumerable<PayLine> LinesAsync(PayRunSheet sheet, CancellationToken cancel) =>
        runs.ChunksAsync(sheet, cancel).SelectMany(chunk => chunk.Included);

    private async Task<BankFile> PutAsync(PayRunSheet sheet, BankFileKind kind, CancellationToken cancel)
    {
        var name = BankFileNames.Of(sheet.Run.Id, kind);
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = FillAsync(sheet, kind, pipe.Writer, stop.Token);
        bool put;
        try
        {
            put = await files.PutAsync(name, pipe.Reader.AsStream(), cancel);
        }
        catch
        {
            await stop.CancelAsync();
            await pipe.Reader.CompleteAsync();
            await ((Task)writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        // Where the file is there already, storage may not have read all; the rest is written to nobody, for its hash.
        await pipe.Reader.CompleteAsync();
        var file = await writing;
        if (!put && await Sha256Async(name, cancel) != file.Sha256)
            throw new InvalidOperationException($"{name} is there already and has other content.");
        return file;
    }

    /// <summary>What goes wrong here goes wrong for whoever reads, so that no file ends too early.</summary>
    private async Task<BankFile> FillAsync(PayRunSheet sheet, BankFileKind kind, PipeWriter pipe, CancellationToken cancel)
    {
        try
        {
            var file = await WriteAsync(sheet, kind, pipe.AsStream(leaveOpen: true), cancel);
            await pipe.CompleteAsync();
            return file;
        }
        catch (Exception failure)
        {
            await pipe.CompleteAsync(failure);
            throw;
        }
    }

    private async Task<string?> Sha256Async(string name, CancellationToken cancel)
    {
        await using var content = await files.OpenAsync(name, cancel);
        return content is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
    }
}
