using Subsidy.Core.Funds;

namespace Subsidy.Storage.Funds;

/// <summary>An entry that the head counts is not there: somebody has deleted it.</summary>
public sealed class BrokenLedgerException(FundKey key, int number) : Exception($"Entry {number} of the ledger of {key} is missing.");
