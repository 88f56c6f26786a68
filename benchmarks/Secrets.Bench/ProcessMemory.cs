using System.Diagnostics;
using System.Globalization;

namespace Secrets.Bench;

/// <summary>What a process holds in memory.</summary>
internal static class ProcessMemory
{
    /// <summary>Bytes that are resident, as the kernel counts them.</summary>
    public static long Resident(Process process)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(text => text.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
