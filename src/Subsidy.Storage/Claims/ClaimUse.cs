using System.Text.Json;
using Azure.Data.Tables;

namespace Subsidy.Storage.Claims;

/// <summary>An application that holds a claim, and since when.</summary>
internal sealed record ClaimUse(string Application, DateTimeOffset At)
{
    private const string Column = "Uses";

    public static List<ClaimUse> Read(TableEntity row) => JsonSerializer.Deserialize<List<ClaimUse>>(row.GetString(Column))!;

    public static void Write(TableEntity row, List<ClaimUse> uses) => row[Column] = JsonSerializer.Serialize(uses);
}
