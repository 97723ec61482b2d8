namespace Subsidy.Core.Bank;

/// <summary>A status code of the ISO 20022 external code lists, with the bank's reasons.</summary>
/// <param name="Code">Up to 4 characters, such as <c>ACSC</c>.</param>
public sealed record ReportedStatus(string Code, IReadOnlyList<StatusReason> Reasons)
{
    public ReportedStatus(string code) : this(code, [])
    {
    }

    /// <summary>Turned away as a repetition, which says nothing of the payment itself.</summary>
    public bool IsRepetition => Meaning is PaymentStatus.Rejected && Reasons.Any(reason => ReasonCodes.IsRepetition(reason.Code));

    public PaymentStatus Meaning => Code switch
    {
        "ACSC" or "ACCC" or "CPUC" => PaymentStatus.Settled,
        // ACWP: the payee's bank accepts the payment but has not posted it to the account.
        "ACCP" or "ACFC" or "ACIS" or "ACPD" or "ACSP" or "ACTC" or "ACWC" or "ACWP" => PaymentStatus.Accepted,
        "RJCT" or "CANC" => PaymentStatus.Rejected,
        // BLCK: posted to nobody and not given back. PART: some of the file; the transactions say which. PATC, PDNG, PRES, RCVD:
        // the bank is not done. A code that the list may get later must not move money before someone knows what it means.
        _ => PaymentStatus.Pending,
    };
}

/// <param name="Code">Of the external list of status reasons (see <see cref="ReasonCodes"/>), or one of the bank's own.</param>
/// <param name="Information">In the bank's words, a line for each piece. May hold personal data: not for logs or mails.</param>
public sealed record StatusReason(string? Code, string? Information = null)
{
    /// <summary>Without the bank's words.</summary>
    public override string ToString() => $"{nameof(StatusReason)} {Code}";
}
