using System.Globalization;
using Acornima;
using Acornima.Ast;
using Tree = Acornima.Ast.Expression;

namespace Subsidy.Core.Schemes;

/// <summary>What an expression may be made of. Everything that is not named here is refused.</summary>
internal sealed class ExpressionGrammar
{
    public const int MaxLength = 2000;
    public const int MaxDepth = 100;

    public static readonly IReadOnlySet<string> Functions = new HashSet<string> { "min", "max", "round", "floor", "ceil", "abs", "sum", "count" };
    private static readonly HashSet<string> ListMethods = ["some", "every", "filter", "map"];
    private static readonly HashSet<string> Forbidden = ["constructor", "prototype", "__proto__"];

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public static (Tree Tree, IReadOnlySet<string> Names) Read(string source)
    {
        if (source.Length > MaxLength)
            throw new ExpressionSyntaxException(0, $"表达式不能超过{MaxLength}个字符", $"an expression has at most {MaxLength} characters");
        var grammar = new ExpressionGrammar();
        try
        {
            var tree = new Parser().ParseExpression(source, sourceFile: null, strict: true);
            grammar.Check(tree, new Dictionary<string, string?>(), 0);
            return (tree, grammar._names);
        }
        catch (SyntaxErrorException error)
        {
            throw new ExpressionSyntaxException(error.Error.Index, $"写法不正确：{error.Description}", error.Description);
        }
        catch (InsufficientExecutionStackException)
        {
            throw TooDeep(0);
        }
    }

    /// <summary>Checks a node and its children.</summary>
    /// <param name="bound">Names of arrow parameters in reach, each with the path of what it stands for, or null.</param>
    /// <returns>The dotted path that the node reads, when it is a plain path; null otherwise.</returns>
    private string? Check(Node node, IReadOnlyDictionary<string, string?> bound, int depth)
    {
        if (depth > MaxDepth)
            throw TooDeep(node.Start);
        switch (node)
        {
            case StringLiteral or BooleanLiteral or NullLiteral:
                return null;
            case NumericLiteral number:
                Number(number);
                return null;
            case Identifier name:
                Refuse(name, name.Name);
                return bound.TryGetValue(name.Name, out var standsFor) ? Note(standsFor) : Note(name.Name);
            case MemberExpression { Computed: false, Optional: false, Property: Identifier property } member:
                Refuse(property, property.Name);
                return Member(member, property.Name, bound, depth);
            case MemberExpression { Computed: true, Optional: false } member:
                if (member.Property is not NumericLiteral)
                    throw new ExpressionSyntaxException(member.Property.Start, "方括号里只能写序号", "only a position such as [0] may stand in brackets");
                Number((NumericLiteral)member.Property);
                return Check(member.Object, bound, depth + 1);
            case NonUpdateUnaryExpression { Operator: Operator.LogicalNot or Operator.UnaryNegation } unary:
                Check(unary.Argument, bound, depth + 1);
                return null;
            case BinaryExpression binary when Allowed(binary.Operator):
                Check(binary.Left, bound, depth + 1);
                Check(binary.Right, bound, depth + 1);
                return null;
            case ConditionalExpression conditional:
                Check(conditional.Test, bound, depth + 1);
                Check(conditional.Consequent, bound, depth + 1);
                Check(conditional.Alternate, bound, depth + 1);
                return null;
            case ArrayExpression list:
                foreach (var item in list.Elements)
                    Check(item ?? throw NotAllowed(list), bound, depth + 1);
                return null;
            case CallExpression { Optional: false } call:
                return Call(call, bound, depth);
            default:
                throw NotAllowed(node);
        }
    }

    private string? Member(MemberExpression member, string property, IReadOnlyDictionary<string, string?> bound, int depth)
    {
        // A path is noted once, as a whole: answers.landType, and not answers as well.
        var read = property == "length" ? null : Path(member, bound);
        if (read is not null)
            return Note(read);
        var of = Check(member.Object, bound, depth + 1);
        return of is null || property == "length" ? null : Note($"{of}.{property}");
    }

    private static string? Path(Node node, IReadOnlyDictionary<string, string?> bound) => node switch
    {
        Identifier name => bound.TryGetValue(name.Name, out var standsFor) ? standsFor : name.Name,
        MemberExpression { Computed: false, Optional: false, Property: Identifier { Name: not "length" } property } member
            when !Forbidden.Contains(property.Name) && Path(member.Object, bound) is { } path => $"{path}.{property.Name}",
        _ => null,
    };

    private string? Call(CallExpression call, IReadOnlyDictionary<string, string?> bound, int depth)
    {
        if (call.Callee is Identifier function && Functions.Contains(function.Name))
        {
            foreach (var argument in call.Arguments)
                Check(argument, bound, depth + 1);
            return null;
        }
        if (call.Callee is not MemberExpression { Computed: false, Optional: false, Property: Identifier method } target)
            throw NotAllowed(call);
        if (method.Name == "includes" && call.Arguments.Count == 1)
        {
            Check(target.Object, bound, depth + 1);
            Check(call.Arguments[0], bound, depth + 1);
            return null;
        }
        if (!ListMethods.Contains(method.Name) || call.Arguments.Count != 1
            || call.Arguments[0] is not ArrowFunctionExpression { Async: false, Body: Tree, Params: [Identifier parameter] } arrow)
            throw NotAllowed(call);
        Refuse(parameter, parameter.Name);
        if (Functions.Contains(parameter.Name))
            throw NotAllowed(parameter);
        var list = Check(target.Object, bound, depth + 1);
        var inner = new Dictionary<string, string?>(bound, StringComparer.Ordinal) { [parameter.Name] = list };
        var body = Check(arrow.Body, inner, depth + 1);
        return method.Name switch { "filter" => list, "map" => body, _ => null };
    }

    private string? Note(string? path)
    {
        if (path is not null)
            _names.Add(path);
        return path;
    }

    private static bool Allowed(Operator op) => op is
        Operator.Addition or Operator.Subtraction or Operator.Multiplication or Operator.Division or Operator.Remainder
        or Operator.Equality or Operator.Inequality or Operator.StrictEquality or Operator.StrictInequality
        or Operator.LessThan or Operator.LessThanOrEqual or Operator.GreaterThan or Operator.GreaterThanOrEqual
        or Operator.LogicalAnd or Operator.LogicalOr or Operator.NullishCoalescing;

    /// <summary>The number as written: the parser's own value has been through binary already.</summary>
    public static decimal Number(NumericLiteral literal) =>
        decimal.TryParse(literal.Raw, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ExpressionSyntaxException(literal.Start, $"数字“{literal.Raw}”应写成普通小数", $"write the number {literal.Raw} as a plain decimal");

    private static void Refuse(Node node, string name)
    {
        if (Forbidden.Contains(name))
            throw new ExpressionSyntaxException(node.Start, $"不能使用“{name}”", $"'{name}' may not be used");
    }

    private static ExpressionSyntaxException NotAllowed(Node node) => new(
        node.Start,
        $"不能使用这种写法（{node.TypeText}）；可用：运算、比较、! && || ??、条件 ? :、列表、{string.Join(" ", Functions)}，以及列表的 some every filter map includes length",
        $"{node.TypeText} may not be used here; there are arithmetic, comparison, ! && || ??, ? :, lists, {string.Join(" ", Functions)}, and some every filter map includes length of a list");

    private static ExpressionSyntaxException TooDeep(int offset) =>
        new(offset, $"表达式嵌套超过{MaxDepth}层", $"the expression is nested more than {MaxDepth} deep");
}

/// <param name="offset">Where in the source it went wrong, from 0.</param>
internal sealed class ExpressionSyntaxException(int offset, string zh, string en) : FormatException($"{en} (at character {offset + 1})")
{
    public int Offset { get; } = offset;

    public Text Wrong { get; } = new($"{zh}（第{offset + 1}个字符）", $"{en} (at character {offset + 1})");
}
