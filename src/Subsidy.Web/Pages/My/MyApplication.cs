using System.Globalization;
using Microsoft.AspNetCore.Http;
using Subsidy.Core.Applications;
using Subsidy.Core.Engine;
using Subsidy.Web.History;
using Subsidy.Web.Http;
using Subsidy.Web.Pages.Cases;
using Subsidy.Web.Pages.Forms;

namespace Subsidy.Web.Pages.My;

/// <summary>The application that the browser's cookie opens.</summary>
internal sealed class MyApplication(
    KeyCookie cookie, IStreams streams, ISchemes schemes, ITownship township, Rehearsal rehearsal, Desk desk)
{
    public async Task<MyModel?> FindAsync(HttpContext http, CancellationToken cancel)
    {
        if (cookie.Read(http) is not { } id || await CaseFile.ReadAsync(id, streams, schemes, cancel) is not { } file)
            return null;
        var circumstances = await rehearsal.CircumstancesAsync(file.Application, cancel);
        return new MyModel(
            file,
            ApplicantHistory.Of(file.Events, file.Scheme, CultureInfo.CurrentUICulture),
            file.Application.Status is not Status.Withdrawn && Allowed(new Withdraw(null)),
            Allowed(new Appeal("-")),
            // An empty account is what the core finds fault with, once it takes one at all.
            Refused(new CorrectPayee(new Payee("", "", ""))) is { Code: RefusalCode.Invalid },
            Allowed(new ReportChange("-")),
            township.Register);

        bool Allowed(Command command) => Refused(command) is null;

        Refusal? Refused(Command command) => Rehearsal.Play(file.Application, command, circumstances).Refusal;
    }

    /// <summary>Reads the posted form into a command and hands it to the desk.</summary>
    /// <param name="again">Shows the form again when something in it is wrong.</param>
    public async Task<IResult> OrderAsync(HttpContext http, Func<Typed, Command> command, CancellationToken cancel, Func<FormState, IResult>? again = null)
    {
        if (cookie.Read(http) is not { } id)
            return SeeOther.To("/my");
        var typed = Typed.From(await http.Request.ReadFormAsync(cancel));
        var answer = await desk.HandleAsync(id, command(typed), null, cancel);
        return answer.Refusal switch
        {
            null => SeeOther.To("/my"),
            { Code: RefusalCode.Invalid } invalid when again is not null => again(new FormState(typed, invalid.Faults)),
            var refusal => Problem.Of(refusal),
        };
    }
}
