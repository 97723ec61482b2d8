using Subsidy.Core.Schemes;

namespace Subsidy.Core.Yaml;

/// <summary>Everything that is wrong in one file: reading goes on after a fault, so that a clerk sees all of them at once.</summary>
internal sealed class FaultList(string file)
{
    /// <summary>Beyond this many, the file is something else altogether.</summary>
    private const int Most = 200;

    private readonly List<SchemeFault> _faults = [];

    public bool None => _faults.Count == 0;

    public IReadOnlyList<SchemeFault> InOrder => [.. _faults.Distinct().OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)];

    public void Add(YamlTree at, Text wrong, Text right) => Add(at.Line, at.Column, wrong, right);

    public void Add(int line, int column, Text wrong, Text right)
    {
        if (_faults.Count < Most)
            _faults.Add(new SchemeFault(file, line, column, wrong, right));
    }
}
