using Microsoft.AspNetCore.DataProtection;
using Subsidy.Core;

namespace Subsidy.Web.Pages.Finance.Statements;

/// <summary>Whom a member of staff is looking up.</summary>
/// <param name="Number">The ID number, masked.</param>
internal sealed record Sought(PersonKey Person, string Number);

/// <summary>
/// Stands for the person in the forms of a page that was shown, so that the ID number is sent once and never comes back: whoever looked the
/// person up takes the table away with it, or another year. Nobody else can use it, and nobody can after a while.
/// </summary>
internal sealed class StatementTicket(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly ProtectedText _text = new("statement", TimeSpan.FromMinutes(30), protection, time);

    public string For(Sought sought, string staff) => _text.Protect($"{staff} {sought.Person} {sought.Number}");

    /// <returns>Null when it is too old, or somebody else's.</returns>
    public Sought? Open(string ticket, string staff) =>
        _text.Open(ticket)?.Split(' ') is [var whose, var person, var number] && whose == staff ? new Sought(new PersonKey(person), number) : null;
}
