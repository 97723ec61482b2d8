namespace Subsidy.Core.Funds;

/// <summary>The money of one entitlement, followed through the entries of one fund-year.</summary>
internal sealed class EntitlementFlow
{
    private Money _amount;
    private bool _waiting;
    private bool _paid;
    private bool _left;
    private bool _pettyReleasePending;
    private Money _reserved;
    private Money _committed;
    private Money _inHand;
    private Money _receivable;
    private Money _offset;
    private Money _writtenOff;
    private string? _recovery;

    public int Ticket { get; set; }

    /// <summary>Null when the entry may follow those before it.</summary>
    public Text? Take(LedgerEntry entry)
    {
        var fresh = entry.Kind is EntryKind.Queued or EntryKind.Reserved or EntryKind.CarriedIn;
        if (fresh && !_waiting)
            _amount = entry.Amount;
        var wrong = Wrong(entry);
        Carry(entry);
        return wrong;
    }

    /// <summary>Null when the position agrees.</summary>
    public Text? Compare(Position position)
    {
        var (waiting, reserved, committed, paid, left) = position.State switch
        {
            PositionState.Waiting => (true, false, false, false, false),
            PositionState.Reserved or PositionState.Gathered or PositionState.Failed or PositionState.HandedOut => (false, true, false, false, false),
            PositionState.Committed => (false, false, true, false, false),
            PositionState.Paid => (false, false, false, true, false),
            PositionState.Leaving or PositionState.CarriedOver => (false, false, false, false, true),
            _ => (false, false, false, false, false),
        };
        if ((waiting, reserved, committed, paid, left) != (_waiting, _reserved > Money.Zero, _committed > Money.Zero, _paid, _left))
            return new Text($"状态为{position.State}，与账目不符。", $"it is {position.State}; the entries say otherwise.");
        // One that was given up may have been granted anew with another amount, and given up again before anything was entered.
        if (position.State is not PositionState.Released && position.Amount != _amount)
            return new Text($"金额为{position.Amount}元，账目为{_amount}元。", $"its amount is {position.Amount} yuan; the entries say {_amount}.");
        if (paid && (position.Owed != _receivable || position.Offset != _offset || position.WrittenOff != _writtenOff || position.Amount - position.Claimed + position.Offset != _inHand))
            return new Text("追回金额与账目不符。", "what is claimed back does not agree with the entries.");
        if (waiting && position.Ticket != Ticket)
            return new Text($"排队号为{position.Ticket}，账目为{Ticket}。", $"its ticket is {position.Ticket}; the entries say {Ticket}.");
        return null;
    }

    private Text? Wrong(LedgerEntry entry)
    {
        if (_pettyReleasePending && entry.Kind is not EntryKind.Released)
            return new Text("备用金已支付，预留尚未释放。", "It was paid from the petty fund, and what was set aside is not given back.");
        // A claim may be for a part; everything else is for the whole.
        var claim = entry.Kind is EntryKind.Claimed or EntryKind.ClaimDropped or EntryKind.Repaid or EntryKind.WrittenOff
            or EntryKind.Offset or EntryKind.OffsetUndone;
        if (!claim && entry.Amount != _amount)
            return new Text($"金额{entry.Amount}元，应为{_amount}元。", $"The amount is {entry.Amount} yuan; {_amount} were granted.");
        var sound = entry.Kind switch
        {
            EntryKind.Queued => !_waiting && !Busy,
            EntryKind.Unqueued => _waiting,
            EntryKind.CarriedOver when entry.From is null => _waiting,
            EntryKind.Reserved or EntryKind.CarriedIn => !Busy,
            EntryKind.Released or EntryKind.Committed or EntryKind.CarriedOver => _reserved == entry.Amount,
            EntryKind.Settled => _committed == entry.Amount && !_paid,
            EntryKind.Failed => _committed == entry.Amount,
            EntryKind.Returned => _paid && _inHand == entry.Amount && _receivable == Money.Zero && _offset == Money.Zero,
            EntryKind.PettyPaid => _reserved == entry.Amount && !_paid,
            EntryKind.Claimed => _inHand - _offset >= entry.Amount && entry.Recovery is not null
                && (entry.Recovery == _recovery || (_receivable == Money.Zero && _offset == Money.Zero)),
            EntryKind.ClaimDropped or EntryKind.Repaid or EntryKind.WrittenOff or EntryKind.Offset =>
                _receivable >= entry.Amount && entry.Recovery == _recovery,
            EntryKind.OffsetUndone => _offset >= entry.Amount && entry.Recovery == _recovery,
            _ => false,
        };
        return sound ? null : new Text($"{entry.Kind}与{entry.Subject}先前的账目不符。", $"{entry.Kind} does not follow from the entries before it for {entry.Subject}.");
    }

    private bool Busy => _reserved > Money.Zero || _committed > Money.Zero || _paid || _left;

    private void Carry(LedgerEntry entry)
    {
        _waiting = entry.Kind is EntryKind.Queued || (_waiting && entry.Kind is not (EntryKind.Unqueued or EntryKind.Reserved or EntryKind.CarriedOver));
        _reserved += Into(entry, Account.Reserved);
        _committed += Into(entry, Account.Committed);
        _inHand += Into(entry, Account.Paid);
        _receivable += Into(entry, Account.Receivable);
        switch (entry.Kind)
        {
            case EntryKind.Settled:
                _paid = true;
                break;
            case EntryKind.PettyPaid:
                (_paid, _pettyReleasePending) = (true, true);
                break;
            case EntryKind.Released:
                _pettyReleasePending = false;
                break;
            case EntryKind.Returned:
                _paid = false;
                break;
            case EntryKind.CarriedOver:
                _left = true;
                break;
            case EntryKind.Claimed:
                _recovery = entry.Recovery;
                break;
            case EntryKind.Offset:
                _offset += entry.Amount;
                break;
            case EntryKind.OffsetUndone:
                _offset -= entry.Amount;
                break;
            case EntryKind.WrittenOff:
                _writtenOff += entry.Amount;
                break;
        }
    }

    private static Money Into(LedgerEntry entry, Account account) =>
        (entry.To == account ? entry.Amount : Money.Zero) - (entry.From == account ? entry.Amount : Money.Zero);
}
