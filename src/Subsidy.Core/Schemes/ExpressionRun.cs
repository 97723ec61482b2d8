using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Acornima;
using Acornima.Ast;
using Tree = Acornima.Ast.Expression;

namespace Subsidy.Core.Schemes;

/// <summary>
/// One evaluation. Values are null, bool, decimal, string, lists of values, and objects of the scope. Every node visited and every
/// value copied is a step, so a bomb of nested lists ends as an <see cref="ExpressionException"/> before it takes time or memory.
/// </summary>
internal sealed class ExpressionRun(JsonObject scope)
{
    public const int MaxSteps = 20_000;
    public const int MaxText = 4_000;

    private readonly Dictionary<string, object?> _bound = new(StringComparer.Ordinal);
    private int _steps;

    public object? Evaluate(Tree node)
    {
        Step();
        return node switch
        {
            NumericLiteral number => ExpressionGrammar.Number(number),
            StringLiteral text => text.Value,
            BooleanLiteral truth => truth.Value,
            NullLiteral => null,
            Identifier name => _bound.TryGetValue(name.Name, out var value) ? value : FromJson(scope[name.Name]),
            MemberExpression { Computed: true } member => At(Evaluate(member.Object), Evaluate((Tree)member.Property)),
            MemberExpression member => Property(Evaluate(member.Object), ((Identifier)member.Property).Name),
            NonUpdateUnaryExpression { Operator: Operator.LogicalNot } not => !Truth(Evaluate(not.Argument)),
            NonUpdateUnaryExpression minus => -Number(Evaluate(minus.Argument)),
            LogicalExpression logical => Logical(logical),
            BinaryExpression binary => Binary(binary.Operator, Evaluate(binary.Left), Evaluate(binary.Right)),
            ConditionalExpression choice => Evaluate(Truth(Evaluate(choice.Test)) ? choice.Consequent : choice.Alternate),
            ArrayExpression list => list.Elements.Select(item => Evaluate((Tree)item!)).ToList(),
            CallExpression { Callee: Identifier function } call => Function(function.Name, [.. call.Arguments.Select(Evaluate)]),
            CallExpression { Callee: MemberExpression target } call => Method(target, call.Arguments[0]),
            _ => throw new ExpressionException($"{node.TypeText} cannot be evaluated."),
        };
    }

    private object? Logical(LogicalExpression node) => node.Operator switch
    {
        Operator.LogicalAnd => Truth(Evaluate(node.Left)) && Truth(Evaluate(node.Right)),
        Operator.LogicalOr => Truth(Evaluate(node.Left)) || Truth(Evaluate(node.Right)),
        _ => Evaluate(node.Left) ?? Evaluate(node.Right),
    };

    private object? Binary(Operator op, object? left, object? right)
    {
        switch (op)
        {
            case Operator.Equality or Operator.StrictEquality:
                return Same(left, right);
            case Operator.Inequality or Operator.StrictInequality:
                return !Same(left, right);
            case Operator.Addition when left is string first && right is string second:
                return Joined(first, second);
            case Operator.LessThan or Operator.LessThanOrEqual or Operator.GreaterThan or Operator.GreaterThanOrEqual:
                // Dates are texts such as 2026-11-02 and compare as such.
                var order = left is string early && right is string late
                    ? string.CompareOrdinal(early, late)
                    : Number(left).CompareTo(Number(right));
                return op switch
                {
                    Operator.LessThan => order < 0,
                    Operator.LessThanOrEqual => order <= 0,
                    Operator.GreaterThan => order > 0,
                    _ => order >= 0,
                };
        }
        return Checked(() => op switch
        {
            Operator.Addition => Number(left) + Number(right),
            Operator.Subtraction => Number(left) - Number(right),
            Operator.Multiplication => Number(left) * Number(right),
            Operator.Division => Number(left) / Number(right),
            _ => Number(left) % Number(right),
        });
    }

    private string Joined(string first, string second)
    {
        var length = first.Length + second.Length;
        Step(1 + (length / 16));
        return length <= MaxText ? first + second : throw new ExpressionException($"A text has become longer than {MaxText} characters.");
    }

    private static object Function(string name, object?[] arguments)
    {
        if (name == "count")
            return (decimal)List(Only(arguments)).Count;
        if (name is "round" or "floor" or "ceil")
            return Rounded.ToWhole(Number(Only(arguments)), name switch { "floor" => Rounding.Down, "ceil" => Rounding.Up, _ => Rounding.HalfUp });
        if (name == "abs")
            return Math.Abs(Number(Only(arguments)));
        var numbers = (arguments is [IReadOnlyList<object?> list] ? list : arguments).Select(Number).ToList();
        if (name == "sum")
            return Checked(numbers.Sum);
        if (numbers.Count == 0)
            throw new ExpressionException($"{name} of nothing.");
        return name == "min" ? numbers.Min() : numbers.Max();
    }

    private object? Method(MemberExpression target, Tree argument)
    {
        var on = Evaluate(target.Object);
        var method = ((Identifier)target.Property).Name;
        if (method == "includes")
        {
            var sought = Evaluate(argument);
            return on is string text
                ? sought is string part && text.Contains(part, StringComparison.Ordinal)
                : List(on).Any(item => Same(item, sought));
        }
        var arrow = (ArrowFunctionExpression)argument;
        var parameter = ((Identifier)arrow.Params[0]).Name;
        var outer = _bound.TryGetValue(parameter, out var shadowed);
        object? Apply(object? item)
        {
            _bound[parameter] = item;
            return Evaluate((Tree)arrow.Body);
        }
        object? result = method switch
        {
            "some" => List(on).Any(item => Truth(Apply(item))),
            "every" => List(on).All(item => Truth(Apply(item))),
            "filter" => List(on).Where(item => Truth(Apply(item))).ToList(),
            _ => List(on).Select(Apply).ToList(),
        };
        if (outer)
            _bound[parameter] = shadowed;
        else
            _bound.Remove(parameter);
        return result;
    }

    private object? Property(object? value, string name) => value switch
    {
        null => null,
        JsonObject members => FromJson(members[name]),
        string text when name == "length" => (decimal)text.Length,
        IReadOnlyList<object?> list when name == "length" => (decimal)list.Count,
        _ => throw new ExpressionException($"{Kind(value)} has no '{name}'."),
    };

    private static object? At(object? value, object? position)
    {
        var list = List(value);
        var index = Number(position);
        return index >= 0 && index < list.Count && index == decimal.Truncate(index) ? list[(int)index] : null;
    }

    public static bool Truth(object? value) => value switch
    {
        null => false,
        bool truth => truth,
        _ => throw new ExpressionException($"{Kind(value)} stands where true or false is wanted."),
    };

    private static decimal Number(object? value) =>
        value is decimal number ? number : throw new ExpressionException($"{Kind(value)} stands where a number is wanted.");

    private static IReadOnlyList<object?> List(object? value) => value switch
    {
        IReadOnlyList<object?> list => list,
        null => [],
        _ => throw new ExpressionException($"{Kind(value)} stands where a list is wanted."),
    };

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (decimal a, decimal b) => a == b,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (bool a, bool b) => a == b,
        (null, null) => true,
        (JsonObject or IReadOnlyList<object?>, not null) or (not null, JsonObject or IReadOnlyList<object?>) =>
            throw new ExpressionException("Lists and objects are not compared; compare what is in them."),
        _ => false,
    };

    private static decimal Checked(Func<decimal> calculate)
    {
        try
        {
            return calculate();
        }
        catch (DivideByZeroException)
        {
            throw new ExpressionException("Division by zero.");
        }
        catch (OverflowException)
        {
            throw new ExpressionException("A number has become too large.");
        }
    }

    private static object? Only(object?[] arguments) =>
        arguments is [var only] ? only : throw new ExpressionException("One value is wanted.");

    private object? FromJson(JsonNode? node)
    {
        Step();
        return node switch
        {
            null => null,
            JsonArray items => items.Select(FromJson).ToList(),
            JsonObject members => members,
            _ => node.GetValueKind() switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.String => node.GetValue<string>() is { Length: <= MaxText } text
                    ? text
                    : throw new ExpressionException("A text is too long."),
                // By way of its text: the value may be held as an int, a decimal or a piece of JSON.
                _ => decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : throw new ExpressionException("A number is too large."),
            },
        };
    }

    public JsonNode? ToJson(object? value)
    {
        Step();
        return value switch
        {
            null => null,
            bool truth => JsonValue.Create(truth),
            decimal number => JsonValue.Create(number),
            string text => JsonValue.Create(text),
            JsonObject members => members.DeepClone(),
            IReadOnlyList<object?> list => new JsonArray([.. list.Select(ToJson)]),
            _ => throw new ExpressionException($"{Kind(value)} cannot be given back."),
        };
    }

    private static string Kind(object? value) => value switch
    {
        null => "A missing value",
        bool => "True or false",
        decimal => "A number",
        string => "A text",
        JsonObject => "An object",
        _ => "A list",
    };

    private void Step(int count = 1)
    {
        _steps += count;
        if (_steps > MaxSteps)
            throw new ExpressionException($"It takes more than {MaxSteps} steps.");
    }
}
