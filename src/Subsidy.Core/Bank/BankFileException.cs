using System.Diagnostics.CodeAnalysis;

namespace Subsidy.Core.Bank;

/// <summary>
/// A bank file cannot be written as ordered, or one that came in cannot be accepted. The text says what is wrong and where, in both
/// languages, and repeats no account number, name or other content of the file, so it may be logged and shown.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Without a reason there is nothing to report.")]
public sealed class BankFileException(Text fault) : Exception(fault.En)
{
    public BankFileException(string zh, string en) : this(new Text(zh, en))
    {
    }

    public Text Fault { get; } = fault;
}
