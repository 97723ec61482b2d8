using Subsidy.Core;

namespace Subsidy.Web.Mail;

/// <summary>All that a mail may speak of. There is no place here for anything personal.</summary>
/// <param name="Matter">What is asked for: a step's title, or that it is an objection or an appeal about it.</param>
/// <param name="By">Until when, in words; null where nothing is due.</param>
internal sealed record LetterFacts(string Reference, Text Scheme, Text Matter, Text? By);
