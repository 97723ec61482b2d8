using System.Text.Json.Nodes;

namespace Subsidy.Core.Schemes;

/// <summary>A small expression in a scheme file: no clock, no I/O, bounded in steps and memory.</summary>
/// <remarks>
/// <para>
/// Written in a part of JavaScript: values, names with dots, arithmetic, comparison, <c>!</c> <c>&amp;&amp;</c> <c>||</c> <c>??</c>,
/// <c>a ? b : c</c>, lists, <c>min max round floor ceil abs sum count</c>, and <c>some every filter map includes length</c> of a list.
/// <see cref="ExpressionGrammar"/> holds the list; whatever is not on it is refused when the file is read.
/// </para>
/// <para>
/// The tree is walked here and not run by a JavaScript engine, for one reason: numbers are <see cref="decimal"/>. An engine counts in
/// binary, where 0.1 + 0.2 is not 0.3, and an amount of money must be exact. Besides, what has no engine has nothing to break out of.
/// </para>
/// <para>
/// Stricter than JavaScript: <c>==</c> is <c>===</c>, nothing is converted, and arithmetic on a missing value fails. A question that
/// was not answered reads as null; where true or false is wanted, null counts as false.
/// </para>
/// </remarks>
public sealed class Expression
{
    private readonly Acornima.Ast.Expression _tree;

    private Expression(string source, Acornima.Ast.Expression tree, IReadOnlySet<string> names) =>
        (Source, _tree, Names) = (source, tree, names);

    /// <summary>As written.</summary>
    public string Source { get; }

    /// <summary>
    /// Dotted paths that it reads: <c>answers.landType</c>, <c>household</c>, <c>measured.survey.factor</c>, <c>amount</c>. What is read
    /// of a list's members is named through the list: <c>household.some(m =&gt; m.age &gt;= 60)</c> reads <c>household</c> and
    /// <c>household.age</c>.
    /// </summary>
    public IReadOnlySet<string> Names { get; }

    /// <exception cref="FormatException">It is not an expression, or uses what expressions may not use.</exception>
    public static Expression Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var (tree, names) = ExpressionGrammar.Read(source);
        return new Expression(source, tree, names);
    }

    /// <exception cref="ExpressionException">It failed, or took too many steps or too much memory.</exception>
    public JsonNode? Evaluate(JsonObject scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        var run = new ExpressionRun(scope);
        return run.ToJson(run.Evaluate(_tree));
    }

    /// <exception cref="ExpressionException">As above, or its value is neither true nor false nor null, which counts as false.</exception>
    public bool Holds(JsonObject scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return ExpressionRun.Truth(new ExpressionRun(scope).Evaluate(_tree));
    }

    /// <exception cref="ExpressionException">As above, or its value is not a number.</exception>
    internal decimal Number(JsonObject scope) =>
        new ExpressionRun(scope).Evaluate(_tree) is decimal number ? number : throw new ExpressionException($"'{Source}' does not give a number.");

    public override string ToString() => Source;
}

public sealed class ExpressionException(string message) : Exception(message);
