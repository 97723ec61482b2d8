using System.Text.Json.Nodes;

namespace Subsidy.Core.Schemes;

/// <summary>A small expression in a scheme file: no clock, no I/O, bounded in steps and memory.</summary>
public sealed class Expression
{
    private Expression(string source, IReadOnlySet<string> names) => (Source, Names) = (source, names);

    /// <summary>As written.</summary>
    public string Source { get; }

    /// <summary>Dotted paths that it reads: <c>answers.landType</c>, <c>household</c>, <c>measured.survey.factor</c>, <c>amount</c>.</summary>
    public IReadOnlySet<string> Names { get; }

    /// <exception cref="FormatException">It is not an expression, or uses what expressions may not use.</exception>
    public static Expression Parse(string source) => new(source, new HashSet<string>());

    /// <exception cref="ExpressionException">It failed, or took too many steps or too much memory.</exception>
    public JsonNode? Evaluate(JsonObject scope) => null;

    /// <exception cref="ExpressionException">As above, or its value is not true or false.</exception>
    public bool Holds(JsonObject scope) => false;
}

public sealed class ExpressionException(string message) : Exception(message);
