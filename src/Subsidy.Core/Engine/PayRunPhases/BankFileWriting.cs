using System.Security.Cryptography;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Core.Engine;

/// <summary>Writes the files for the bank, once: whoever comes second finds the same bytes, or something is very wrong.</summary>
internal sealed class BankFileWriting(IPayRunBooks runs, IBankFiles files)
{
    public async Task<EndWriting> WriteAsync(PayRunSheet sheet, CancellationToken cancel)
    {
        var file = await PutAsync(sheet.Run, BankFileKind.PaymentOrder, await BytesAsync(sheet, BankFileKind.PaymentOrder, cancel), cancel);
        var oneCard = await BytesAsync(sheet, BankFileKind.OneCard, cancel) is { Length: > 0 } csv
            ? await PutAsync(sheet.Run, BankFileKind.OneCard, csv, cancel)
            : null;
        return new EndWriting(file, oneCard);
    }

    /// <summary>The file as it follows from the lines; empty where a one-card file lacks an ID number.</summary>
    public async Task<byte[]> BytesAsync(PayRunSheet sheet, BankFileKind kind, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var lines = LinesAsync(sheet, cancel);
        if (kind is BankFileKind.PaymentOrder)
            await PaymentOrderWriter.WriteAsync(RunFile.OrderOf(sheet.Run), lines.Select(RunFile.TransferOf), bytes, cancel);
        else if (await lines.AllAsync(line => line.IdNumber is not null, cancel))
            await OneCardFile.WriteAsync(RunFile.BatchOf(sheet.Run), lines.Select(RunFile.PaymentOf), bytes, cancel);
        return bytes.ToArray();
    }

    private IAsyncEnumerable<PayLine> LinesAsync(PayRunSheet sheet, CancellationToken cancel) =>
        runs.ChunksAsync(sheet, cancel).SelectMany(chunk => chunk.Included);

    private async Task<BankFile> PutAsync(PayRun run, BankFileKind kind, byte[] bytes, CancellationToken cancel)
    {
        var name = BankFileNames.Of(run.Id, kind);
        if (!await files.PutAsync(name, bytes, cancel) && !(await files.FindAsync(name, cancel)).AsSpan().SequenceEqual(bytes))
            throw new InvalidOperationException($"{name} is there already and has other content.");
        return new BankFile(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }
}
