using System.Globalization;

namespace Subsidy.Core.Funds;

/// <param name="Number">Of the entry; null when the fault is in the head or in a position.</param>
public sealed record LedgerFault(int? Number, Text What);

/// <summary>
/// Proves a fund-year's books from the entries alone, for auditors. It shares nothing with the decider but the words: what may follow
/// what is said here a second time, from the double entry.
/// </summary>
public sealed class LedgerCheck
{
    private readonly FundKey _key;
    private readonly List<LedgerFault> _faults = [];
    private readonly Dictionary<Account, Money> _balances = [];
    private readonly Dictionary<string, EntitlementFlow> _flows = [];
    /// <summary>By ticket. Some ten thousands may wait, so nobody is looked for from the front.</summary>
    private readonly SortedDictionary<int, string> _queue = [];
    private PettyCash _petty = PettyCash.None;
    private ClaimSums _claims;
    private int _number;
    private int _tickets;
    private bool _closed;

    private LedgerCheck(FundKey key) => _key = key;

    /// <summary>What does not fit; nothing when the books are sound.</summary>
    /// <param name="entries">All, in order.</param>
    /// <param name="fund">What the head says; null to leave it out.</param>
    /// <param name="positions">All positions of the fund-year; null to leave them out.</param>
    public static IReadOnlyList<LedgerFault> Run(FundKey key, IEnumerable<LedgerEntry> entries, Fund? fund = null, IEnumerable<Position>? positions = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var check = new LedgerCheck(key);
        foreach (var entry in entries)
            check.Take(entry);
        var all = positions?.ToList();
        if (fund is not null)
            check.Compare(fund, all);
        if (all is not null)
            check.Compare(all);
        return check._faults;
    }

    private void Take(LedgerEntry entry)
    {
        if (entry.Number != ++_number)
        {
            Fault(entry.Number, $"第{_number}条缺失，此处是第{entry.Number}条。", $"Entry {_number} is missing: {entry.Number} stands in its place.");
            _number = entry.Number;
        }
        if (string.IsNullOrWhiteSpace(entry.Subject))
            Fault(entry.Number, "没有写明对象。", "It names no subject.");
        if (!EntryShape.Fits(entry))
            Fault(entry.Number, $"{entry.Kind}不能从{entry.From}记到{entry.To}。", $"{entry.Kind} does not go from {entry.From} to {entry.To}.");
        Move(entry);
        switch (entry.Kind)
        {
            case EntryKind.Appropriated or EntryKind.Cut or EntryKind.PettyAdvanced or EntryKind.PettyRepaid:
                if (_closed)
                    Fault(entry.Number, "年度已结账。", "The year is closed.");
                break;
            case EntryKind.YearClosed:
                _closed = true;
                break;
            default:
                Flow(entry);
                break;
        }
    }

    private void Move(LedgerEntry entry)
    {
        if (entry is not { From: { } from, To: { } to })
            return;
        if (entry.Amount <= Money.Zero)
            Fault(entry.Number, $"金额{entry.Amount}元不是正数。", $"The amount, {entry.Amount} yuan, is not above zero.");
        _petty = _petty.With(entry.Kind, entry.Amount);
        _claims += Claims(entry);
        _balances[from] = _balances.GetValueOrDefault(from) - entry.Amount;
        _balances[to] = _balances.GetValueOrDefault(to) + entry.Amount;
        foreach (var account in new[] { from, to }.Where(account => account is not Account.Budget && _balances[account] < Money.Zero))
            Fault(entry.Number, $"{account}余额为负：{_balances[account]}元。", $"{account} is below zero: {_balances[account]} yuan.");
    }

    private static ClaimSums Claims(LedgerEntry entry)
    {
        var claims = new ClaimSums(entry.Amount, Money.Zero, Money.Zero, Money.Zero);
        return entry.Kind switch
        {
            EntryKind.Claimed => claims,
            EntryKind.ClaimDropped => default(ClaimSums) - claims,
            EntryKind.Repaid => new ClaimSums(Money.Zero, entry.Amount, Money.Zero, Money.Zero) - claims,
            EntryKind.Offset => new ClaimSums(Money.Zero, Money.Zero, entry.Amount, Money.Zero) - claims,
            EntryKind.OffsetUndone => claims - new ClaimSums(Money.Zero, Money.Zero, entry.Amount, Money.Zero),
            EntryKind.WrittenOff => new ClaimSums(Money.Zero, Money.Zero, Money.Zero, entry.Amount) - claims,
            _ => default,
        };
    }

    private void Flow(LedgerEntry entry)
    {
        var flow = _flows.TryGetValue(entry.Subject, out var known) ? known : _flows[entry.Subject] = new EntitlementFlow();
        switch (entry.Kind)
        {
            case EntryKind.Queued:
                flow.Ticket = ++_tickets;
                _queue.Add(_tickets, entry.Subject);
                break;
            case EntryKind.Unqueued:
            case EntryKind.CarriedOver when entry.From is null:
                if (!_queue.Remove(flow.Ticket))
                    Fault(entry.Number, $"{entry.Subject}没有排队。", $"{entry.Subject} was not in the queue.");
                break;
            case EntryKind.Reserved when _queue.Count > 0:
                if (_queue.First().Value is var first && first != entry.Subject)
                    Fault(entry.Number, $"{entry.Subject}越过了排在前面的{first}。", $"{entry.Subject} was served past {first}, which waits.");
                _queue.Remove(flow.Ticket);
                break;
        }
        if (_closed && (entry.Kind is EntryKind.Queued or EntryKind.Reserved or EntryKind.CarriedIn))
            Fault(entry.Number, "年度已结账。", "The year is closed.");
        if (flow.Take(entry) is { } wrong)
            Fault(entry.Number, wrong.Zh, wrong.En);
    }

    private void Compare(Fund fund, List<Position>? positions)
    {
        if (fund.Version != _number)
            Fault(null, $"账页数为{fund.Version}，实有{_number}条。", $"The head counts {fund.Version} entries; there are {_number}.");
        foreach (var account in Enum.GetValues<Account>().Where(account => fund.BalanceOf(account) != _balances.GetValueOrDefault(account)))
        {
            Fault(null,
                $"{account}余额应为{_balances.GetValueOrDefault(account)}元，账面为{fund.BalanceOf(account)}元。",
                $"{account} should be {_balances.GetValueOrDefault(account)} yuan; the head says {fund.BalanceOf(account)}.");
        }
        Compare("等候数", "those who wait", fund.Waiting, _queue.Count);
        Compare("下一个排队号", "the next ticket", fund.NextTicket, _tickets + 1);
        Compare("是否结账", "whether the year is closed", fund.Closed ? 1 : 0, _closed ? 1 : 0);
        if (fund.PettyCash != _petty)
            Fault(null, "备用金的合计与账目不符。", "The sums of the petty fund differ from the entries.");
        Compare("追回", "claimed back", fund.Claims, _claims);
        if (fund.CashBox < Money.Zero)
            Fault(null, $"备用金不足：应有{fund.CashBox}元。", $"More was handed over than the petty fund has: {fund.CashBox} yuan.");
        var sum = fund.Balances.Values.Aggregate(Money.Zero, (all, balance) => all + balance);
        if (sum != Money.Zero)
            Fault(null, $"各科目合计{sum}元，应为零。", $"All accounts together are {sum} yuan, not zero.");
        if (positions is null)
            return;
        Compare("未了结数", "those neither paid nor given up", fund.Open, positions.Count(position => position.Open));
        foreach (var scheme in positions.Select(position => position.Scheme).Union(fund.Schemes.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
            Compare(scheme, fund.Schemes.GetValueOrDefault(scheme, SchemeTally.None), [.. positions.Where(position => position.Scheme == scheme)]);
    }

    private void Compare(string scheme, SchemeTally tally, List<Position> positions)
    {
        foreach (var state in Enum.GetValues<PositionState>())
        {
            var found = positions.Where(position => position.State == state).ToList();
            var right = new Tally(found.Count, Sum(found.Select(position => position.Amount)));
            if (tally.Of(state) != right)
            {
                Fault(null,
                    $"{scheme}的{state}应为{Plain(right.Count)}笔{right.Sum}元，账面为{Plain(tally.Of(state).Count)}笔{tally.Of(state).Sum}元。",
                    $"{state} of {scheme} should be {Plain(right.Count)} of {right.Sum} yuan; the head says {Plain(tally.Of(state).Count)} of {tally.Of(state).Sum}.");
            }
        }
        Compare($"{scheme}追回", $"claimed back under {scheme}", tally.Claims, positions.Aggregate(default(ClaimSums), (sum, position) => sum + position.Claims));
    }

    private void Compare(string zh, string en, ClaimSums inHead, ClaimSums right)
    {
        if (inHead != right)
            Fault(null, $"{zh}应为{Zh(right)}；账面为{Zh(inHead)}。", $"What was {en} should be {En(right)}; the head says {En(inHead)}.");
    }

    private static string Zh(ClaimSums claims) =>
        $"待追回{claims.Owed}元、已退回{claims.Repaid}元、已抵扣{claims.Offset}元、已核销{claims.WrittenOff}元";

    private static string En(ClaimSums claims) =>
        $"{claims.Owed} yuan outstanding, {claims.Repaid} repaid, {claims.Offset} kept back, {claims.WrittenOff} written off";

    private static Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (all, amount) => all + amount);

    private void Compare(List<Position> positions)
    {
        var known = positions.ToDictionary(position => position.Entitlement);
        foreach (var entitlement in _flows.Keys.Where(entitlement => !known.ContainsKey(entitlement)).Order(StringComparer.Ordinal))
            Fault(null, $"{entitlement}没有对应的状态记录。", $"{entitlement} has entries but no position.");
        foreach (var position in positions)
        {
            var wrong = _flows.TryGetValue(position.Entitlement, out var flow) ? flow.Compare(position)
                : position.State is PositionState.Released ? null
                : new Text("账上没有任何记录。", "no entry speaks of it.");
            if (wrong is not null)
                Fault(null, $"{position.Entitlement}：{wrong.Zh}", $"{position.Entitlement}: {wrong.En}");
        }
    }

    private void Compare(string zh, string en, int inHead, int found)
    {
        if (inHead != found)
            Fault(null, $"{zh}应为{Plain(found)}，账面为{Plain(inHead)}。", $"Of {en}: should be {Plain(found)}; the head says {Plain(inHead)}.");
    }

    private void Fault(int? number, string zh, string en) => _faults.Add(new LedgerFault(number, new Text($"{_key}：{zh}", $"{_key}: {en}")));

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
