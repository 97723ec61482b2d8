using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Subsidy.Core;
using Subsidy.Core.Applications;
using Subsidy.Core.Calendar;
using Subsidy.Core.Schemes;

namespace Subsidy.Web.Pages;

/// <summary>What all components can say: texts of scheme files, dates, terms and statuses in the reader's language.</summary>
public abstract class View : ComponentBase
{
    [Inject]
    internal IStringLocalizer<SiteWords> Site { get; set; } = null!;

    protected static string Say(Text? text) => text?.In(CultureInfo.CurrentUICulture) ?? "";

    protected string Say(Status status) => Site[$"Status.{status}"];

    protected string Say(Decision decision) => Site[$"Decision.{decision}"];

    protected string Say(Gate gate) => Site[$"Gate.{gate}"];

    /// <summary>Name of the words for a number of things: one has its own.</summary>
    protected static string One(string words, int count) => count == 1 ? $"{words}1" : words;

    protected string Say(Term term) => Site[term.Amount == 1 ? $"{term.Unit}1" : $"{term.Unit}", term.Amount];

    protected static string Say(DateOnly date) => Dates.Say(date);

    protected static string Yuan(Money money) => $"¥ {money}";
}
