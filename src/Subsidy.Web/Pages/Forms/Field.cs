namespace Subsidy.Web.Pages.Forms;

/// <summary>One thing that a form asks for, in the reader's language.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the value in the document that the form makes; also the input's name.</param>
public abstract record Field(string Pointer, string Title, string? Help, bool Required)
{
    /// <summary>Id of the input. Faults carry pointers, so a fault's link finds its field without a table.</summary>
    public string Id => IdOf(Pointer);

    public static string IdOf(string pointer) => "f" + pointer.Replace('/', '-');
}

/// <param name="InputMode">Which keyboard a phone offers: text, numeric, tel, email.</param>
/// <param name="AutoComplete">HTML autofill token, or null where nothing of the applicant's own is meant.</param>
public sealed record TextField(
    string Pointer, string Title, string? Help, bool Required, int? MaxLength = null, bool Long = false, string InputMode = "text", string? AutoComplete = null)
    : Field(Pointer, Title, Help, Required);

/// <param name="Whole">Only whole numbers are right.</param>
public sealed record NumberField(string Pointer, string Title, string? Help, bool Required, bool Whole)
    : Field(Pointer, Title, Help, Required);

public sealed record BooleanField(string Pointer, string Title, string? Help, bool Required) : Field(Pointer, Title, Help, Required);

public sealed record DateField(string Pointer, string Title, string? Help, bool Required) : Field(Pointer, Title, Help, Required);

public sealed record Option(string Value, string Title);

/// <param name="Many">Any number of the options, as an array.</param>
public sealed record ChoiceField(string Pointer, string Title, string? Help, bool Required, IReadOnlyList<Option> Options, bool Many = false)
    : Field(Pointer, Title, Help, Required);

public sealed record GroupField(string Pointer, string Title, string? Help, bool Required, IReadOnlyList<Field> Fields)
    : Field(Pointer, Title, Help, Required);

/// <summary>An array of objects, one row each.</summary>
/// <param name="Row">The fields of the row with that index.</param>
/// <param name="Offered">How many rows an empty form shows.</param>
public sealed record RowsField(
    string Pointer, string Title, string? Help, bool Required, Func<int, IReadOnlyList<Field>> Row, int Offered, int Maximum)
    : Field(Pointer, Title, Help, Required);
