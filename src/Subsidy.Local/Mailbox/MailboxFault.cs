namespace Subsidy.Local.Mailbox;

/// <summary>Makes the mailbox answer as a provider in trouble, so that a test can see what the sender then does.</summary>
/// <param name="Status">400, 429 or 500.</param>
/// <param name="Times">How many of the next requests, 1 to 1000.</param>
/// <param name="After">True: the mail is accepted and delivered, and only the answer is lost.</param>
internal sealed record MailboxFault(int Status, int Times = 1, bool After = false);
