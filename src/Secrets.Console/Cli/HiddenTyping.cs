using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Secrets.Console.Cli;

/// <summary>While it lives the terminal shows nothing of what is typed; the line is still edited by the terminal itself.</summary>
/// <remarks>
/// Not by <see cref="System.Console.ReadKey(bool)"/>: that hides only while it waits for a key, so what is typed or pasted before and between shows.
/// Restored on every way out, signals included. Layout of <c>struct termios</c>: Linux on x64 and arm64.
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class HiddenTyping : IDisposable
{
    private const int StandardInput = 0;
    private const int Now = 0; // TCSANOW: what was typed before is kept
    private const int Size = 60;
    private const int LocalFlags = 12; // after c_iflag, c_oflag, c_cflag
    private const uint Echo = 8;

    private readonly byte[] _before;
    private readonly PosixSignalRegistration[] _signals;

    private HiddenTyping(byte[] before)
    {
        _before = before;
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT }.Select(signal => PosixSignalRegistration.Create(signal, _ => Restore()))];
    }

    /// <summary>Switches showing off; null where standard input is no terminal that can.</summary>
    public static HiddenTyping? Start()
    {
        var settings = new byte[Size];
        if (TcGetAttr(StandardInput, settings) != 0)
            return null;
        var hidden = new HiddenTyping([.. settings]);
        MemoryMarshal.Cast<byte, uint>(settings.AsSpan())[LocalFlags / sizeof(uint)] &= ~Echo;
        if (TcSetAttr(StandardInput, Now, settings) == 0)
            return hidden;
        hidden.Dispose();
        return null;
    }

    /// <summary>Reads the bytes of one line, from the terminal itself: .NET's own stream would show what it reads.</summary>
    public static byte[] ReadLine()
    {
        using var terminal = new SafeFileHandle(StandardInput, ownsHandle: false);
        using var stream = new FileStream(terminal, FileAccess.Read, bufferSize: 0);
        var line = new List<byte>();
        // the terminal hands over whole lines
        for (var next = stream.ReadByte(); next >= 0 && next != '\n'; next = stream.ReadByte())
            line.Add((byte)next);
        return [.. line];
    }

    public void Dispose()
    {
        Restore();
        foreach (var signal in _signals)
            signal.Dispose();
    }

    private void Restore() => _ = TcSetAttr(StandardInput, Now, _before);

    // arrays are blittable: nothing is marshalled, so nothing is unsafe
    [DllImport("libc", EntryPoint = "tcgetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TcGetAttr(int descriptor, [Out] byte[] settings);

    [DllImport("libc", EntryPoint = "tcsetattr")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TcSetAttr(int descriptor, int when, byte[] settings);
}
