using System.Security.Cryptography;
using Subsidy.Core.Township;
using Subsidy.Core.Yaml;

namespace Subsidy.Core.Schemes;

/// <summary>Reads a scheme file.</summary>
public static class SchemeFile
{
    /// <param name="fileName">For the messages.</param>
    /// <param name="yaml">The file's bytes, UTF-8; their SHA-256 becomes <see cref="Scheme.Hash"/>.</param>
    /// <param name="register">When given, every role that the scheme names must be held by somebody.</param>
    public static SchemeReading Read(string fileName, byte[] yaml, TownshipRegister? register = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(yaml);
        var faults = new FaultList(fileName);
        var root = YamlFile.Read(yaml, faults);
        if (root is null)
            return new SchemeReading(null, faults.InOrder);
        var reader = new SchemeReader(new YamlFields(root, faults));
        var scheme = reader.Read(Convert.ToHexStringLower(SHA256.HashData(yaml)));
        SchemeNames.Check(scheme, reader.Uses, faults);
        if (register is not null)
            SchemeRoles.Check(reader.Seats, register, faults);
        return new SchemeReading(faults.None ? scheme : null, faults.InOrder);
    }
}

/// <param name="Scheme">Null when there are faults.</param>
/// <param name="Faults">In the order of the file.</param>
public sealed record SchemeReading(Scheme? Scheme, IReadOnlyList<SchemeFault> Faults);
