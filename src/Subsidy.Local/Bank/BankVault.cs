using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Subsidy.Core.Bank;
using Subsidy.Core.Payments;
using Subsidy.Storage;

namespace Subsidy.Local.Bank;

/// <summary>
/// What the simulated bank remembers, in a container of its own: <c>said/{run}/{message}.xml</c> is what it has answered,
/// <c>later/{due}/{run}/{message}.xml</c> what it will. Its answers go into the inbox, where a real bank's gateway would put them.
/// </summary>
internal sealed class BankVault(StorageSettings settings)
{
    private readonly BlobContainerClient own = settings.Blobs.GetBlobContainerClient("bank-simulator");
    private readonly BlobContainerClient inbox = settings.Blobs.GetBlobContainerClient("bank-inbox");

    /// <summary>Its answers to a run, the first one first; with those that are still to come.</summary>
    public async Task<IReadOnlyList<(PaymentStatusReport Report, bool Later)>> AnswersAsync(PayRunId run, CancellationToken cancel)
    {
        await own.CreateIfNotExistsAsync(cancellationToken: cancel);
        var answers = new List<(PaymentStatusReport, bool)>();
        foreach (var name in await NamesAsync($"said/{run}/", cancel))
            answers.Add((await ReadAsync(name, cancel), false));
        foreach (var name in (await NamesAsync("later/", cancel)).Where(name => name.Split('/')[2] == run.ToString()))
            answers.Add((await ReadAsync(name, cancel), true));
        return answers;
    }

    public async Task SayAsync(PaymentStatusReport report, CancellationToken cancel)
    {
        var content = await WriteAsync(report, cancel);
        await DropAsync($"{report.MessageId}.xml", content, cancel);
        await own.GetBlobClient($"said/{report.OriginalMessageId}/{report.MessageId}.xml").UploadAsync(content, overwrite: true, cancel);
    }

    /// <summary>Into the inbox, but the bank knows nothing of it.</summary>
    public async Task ForgeAsync(PaymentStatusReport report, CancellationToken cancel) =>
        await DropAsync($"{report.MessageId}.xml", await WriteAsync(report, cancel), cancel);

    /// <returns>False when it has said nothing yet.</returns>
    public async Task<bool> RepeatAsync(PayRunId run, string name, CancellationToken cancel)
    {
        if (await NamesAsync($"said/{run}/", cancel) is not [.., var last])
            return false;
        await DropAsync(name, (await own.GetBlobClient(last).DownloadContentAsync(cancel)).Value.Content, cancel);
        return true;
    }

    public async Task SayLaterAsync(PaymentStatusReport report, DateTimeOffset due, CancellationToken cancel) =>
        await own.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"later/{due.ToUnixTimeMilliseconds():D15}/{report.OriginalMessageId}/{report.MessageId}.xml"))
            .UploadAsync(await WriteAsync(report, cancel), overwrite: true, cancel);

    /// <summary>Says what is due by now, as if it had been made up at this moment.</summary>
    public async Task SayDueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var name in await NamesAsync("later/", cancel))
        {
            if (long.Parse(name.Split('/')[1], CultureInfo.InvariantCulture) > now.ToUnixTimeMilliseconds())
                return;
            await SayAsync(await ReadAsync(name, cancel) with { CreatedAt = now }, cancel);
            await own.DeleteBlobIfExistsAsync(name, cancellationToken: cancel);
        }
    }

    private async Task DropAsync(string name, BinaryData content, CancellationToken cancel) =>
        await inbox.GetBlobClient(name).UploadAsync(content, overwrite: true, cancel);

    /// <summary>In the order of their names, which begin with a time.</summary>
    private async Task<List<string>> NamesAsync(string prefix, CancellationToken cancel)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in own.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancel))
                names.Add(blob.Name);
        }
        catch (RequestFailedException e) when (e.Status is 404)
        {
            // Nobody has asked the bank for anything yet.
        }
        return names;
    }

    private async Task<PaymentStatusReport> ReadAsync(string name, CancellationToken cancel)
    {
        await using var content = (await own.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancel)).Value.Content;
        return (await PaymentStatusReportReader.ReadAsync(content, cancellation: cancel)).Report ?? throw new InvalidOperationException($"{name} cannot be read.");
    }

    private static async Task<BinaryData> WriteAsync(PaymentStatusReport report, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        await PaymentStatusReportWriter.WriteAsync(report, content, cancel);
        return BinaryData.FromBytes(content.ToArray());
    }
}
