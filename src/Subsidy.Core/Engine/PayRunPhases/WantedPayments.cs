using Subsidy.Core.Applications;
using Subsidy.Core.Payments;
using Subsidy.Core.People;

namespace Subsidy.Core.Engine;

/// <summary>Whether applications still want their money, and where it is to go.</summary>
internal sealed class WantedPayments(IStreams streams, IPayeeDigests digests)
{
    private const int AtOnce = 8;

    /// <summary>Looks at several lines at a time, and keeps their order.</summary>
    public static async Task<PayLine[]> EachAsync(IReadOnlyList<PayLine> lines, Func<PayLine, CancellationToken, Task<PayLine>> look, CancellationToken cancel)
    {
        var after = new PayLine[lines.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel };
        await Parallel.ForEachAsync(Enumerable.Range(0, lines.Count), options, async (i, stop) => after[i] = await look(lines[i], stop));
        return after;
    }

    /// <summary>The application, or why there is nothing to pay.</summary>
    public async Task<(Head? Head, Exclusion? Why)> FindAsync(PayLine line, CancellationToken cancel)
    {
        // An application that was erased wants nothing any more.
        var head = await streams.LoadAsync(line.Application, cancel);
        var application = head?.Application;
        if (application?.Entitlements.FirstOrDefault(one => one.Id == line.Entitlement) is not { Owed: true })
            return (null, Exclusion.Withdrawn);
        if (application.Payee is null)
            return (null, Exclusion.NoPayee);
        return application.ProposedPayee is not null || application.PayeeCall is not null
            ? (null, Exclusion.PayeeInDoubt)
            : (head, null);
    }

    /// <summary>Whether what was approved may still be paid as it was approved.</summary>
    public async Task<PayLine> ConfirmAsync(PayLine line, CancellationToken cancel)
    {
        var (head, why) = await FindAsync(line, cancel);
        if (head is not null && digests.OfPayee(AsTheBankWritesIt(head.Application.Payee!)) != line.PayeeDigest)
            why = Exclusion.PayeeChanged;
        return why is null
            ? line with { PayeeAt = head!.Application.PayeeAt, Persons = head.Application.Persons }
            : line with { Excluded = why };
    }

    public PayLine Freeze(PayLine line, Payee payee)
    {
        var frozen = AsTheBankWritesIt(payee);
        return line with { Payee = frozen, Account = digests.OfAccount(frozen.Account), PayeeDigest = digests.OfPayee(frozen) };
    }

    /// <summary>One account is one account, however it was typed.</summary>
    private static Payee AsTheBankWritesIt(Payee payee) => new(
        payee.Name.Trim(), BankAccount.TryParse(payee.Account, out var account, out _) ? account.Value : payee.Account.Trim(), payee.Bank.Trim());
}
