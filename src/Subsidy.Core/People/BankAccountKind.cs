namespace Subsidy.Core.People;

public enum BankAccountKind
{
    /// <summary>银行卡: 12 to 19 digits, the last one a Luhn digit.</summary>
    Card,

    /// <summary>存折: 8 to 32 digits in the bank's own form, without a common check digit.</summary>
    Passbook,
}
