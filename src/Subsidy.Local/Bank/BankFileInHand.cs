using Subsidy.Core.Bank;
using Subsidy.Core.Payments;

namespace Subsidy.Local.Bank;

/// <summary>A bank file as the simulated bank sees it.</summary>
/// <param name="Order">Null while finance has not fetched the file: nobody has handed it to the bank.</param>
/// <param name="Transfers">With what the bank last said, or will say, of each; null when nothing.</param>
/// <param name="Later">How many answers are still to come.</param>
internal sealed record BankFileInHand(
    PayRunId Run, PaymentOrder? Order, IReadOnlyList<(CreditTransfer Transfer, ReportedStatus? Said)> Transfers, int Answers, int Later);
