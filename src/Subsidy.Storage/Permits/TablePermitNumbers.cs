using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;

namespace Subsidy.Storage.Permits;

/// <summary>
/// One partition per prefix and year: a counter, and a row for each number that says whose it is. A number is given in one transaction
/// with the counter's step, so there are no gaps and no number is given twice.
/// </summary>
internal sealed class TablePermitNumbers(StorageSettings settings) : IPermitNumbers
{
    private const string Counter = "counter";
    private readonly TableClient table = settings.Table("permits");

    public async Task<IReadOnlyList<NumberedPermit>> NumberAsync(
        string applicationId, string step, int year, IReadOnlyList<CertificateOrder> certificates, CancellationToken cancel)
    {
        var numbered = new List<NumberedPermit>();
        foreach (var order in certificates)
            numbered.Add(new NumberedPermit(order.Kind, await NumberAsync($"{applicationId}|{step}|{order.Kind}", $"{order.Prefix}-{year}", cancel)));
        return numbered;
    }

    private async Task<string> NumberAsync(string owner, string series, CancellationToken cancel)
    {
        while (true)
        {
            if (await FindAsync(series, owner, cancel) is { } given)
                return given.GetString("Number");
            var counter = await FindAsync(series, Counter, cancel);
            var last = (counter?.GetInt32("Last") ?? 0) + 1;
            var number = string.Create(CultureInfo.InvariantCulture, $"{series}-{last:D5}");
            var step = new TableEntity(series, Counter) { ["Last"] = last };
            try
            {
                await table.SubmitTransactionAsync(
                    [
                        counter is null
                            ? new TableTransactionAction(TableTransactionActionType.Add, step)
                            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, step, counter.ETag),
                        new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(series, owner) { ["Number"] = number }),
                    ],
                    cancel);
                return number;
            }
            catch (RequestFailedException e) when (e.Status is 409 or 412)
            {
                // Another permit took the number first, or this one has been given it by a turn whose answer was lost: look again.
            }
        }
    }

    private async Task<TableEntity?> FindAsync(string series, string row, CancellationToken cancel)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(series, row, cancellationToken: cancel);
        return found.HasValue ? found.Value : null;
    }
}
