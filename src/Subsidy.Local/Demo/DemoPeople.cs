using System.Globalization;
using System.Text.Json.Nodes;

namespace Subsidy.Local.Demo;

/// <summary>Invented applicants. Their ID numbers begin with 369900, a county that does not exist, and have right check characters.</summary>
internal sealed class DemoPeople
{
    private const string Surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶";
    private static readonly string[] Given = ["建国", "秀英", "桂兰", "志强", "丽华", "春生", "水根", "美玲", "小军", "冬梅", "金宝", "玉珍"];
    private static readonly string[] Villages = ["dongshan", "xishan", "nanqiao", "beitang"];
    private int next;

    /// <summary>The next person, and the village where they live.</summary>
    public (JsonObject Applicant, string Village) Next(string kind)
    {
        var number = next++;
        var name = $"{Surnames[number % Surnames.Length]}{Given[number % Given.Length]}";
        return (new JsonObject
        {
            ["kind"] = kind,
            ["name"] = name,
            ["idNumber"] = IdNumber(number),
            ["phone"] = string.Create(CultureInfo.InvariantCulture, $"139{number:D8}"),
            ["email"] = number % 3 == 0 ? $"applicant{number}@example.org" : null,
        }, Villages[number % Villages.Length]);
    }

    public JsonObject Relative(string relation)
    {
        var number = next++;
        return new JsonObject
        {
            ["name"] = $"{Surnames[number % Surnames.Length]}{Given[number % Given.Length]}", ["idNumber"] = IdNumber(number), ["relation"] = relation,
        };
    }

    /// <summary>ISO 7064 MOD 11-2 (GB 11643).</summary>
    private static string IdNumber(int number)
    {
        var birth = new DateOnly(1962, 3, 1).AddDays(number * 97);
        var digits = string.Create(CultureInfo.InvariantCulture, $"369900{birth:yyyyMMdd}{500 + (number % 400):D3}");
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((digit, i) => (digit - '0') * weights[i]).Sum() % 11];
    }
}
