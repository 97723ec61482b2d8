namespace Subsidy.Local;

/// <summary>
/// What keeps the program from starting, in one sentence for the person at the terminal, who is told
/// <see cref="Exception.Message"/> and nothing else; the exit code is then 1.
/// </summary>
public sealed class CannotStartException : Exception
{
    public CannotStartException()
        : base("The program cannot start.")
    {
    }

    public CannotStartException(string sentence)
        : base(sentence)
    {
    }

    public CannotStartException(string sentence, Exception cause)
        : base(sentence, cause)
    {
    }
}
