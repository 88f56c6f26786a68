using System.Runtime.CompilerServices;
using Secrets.Crypto;
using Secrets.Crypto.Native;

namespace Secrets.Console.Tests.Support;

/// <summary>The native backend, but that passwords are hashed at the least cost there is, whatever cost a file names: so tests need not wait.</summary>
/// <remarks>For this process from its beginning; for the program under test as <see cref="StartupHook"/>.</remarks>
internal sealed class CheapPasswords : NativeBackend, ICryptoBackend
{
    private const int Passes = 1;
    private const int MemoryBytes = 8 * 1024;

    ValueTask ICryptoBackend.Argon2idAsync(Memory<byte> output, ReadOnlyMemory<byte> password, ReadOnlyMemory<byte> salt, int passes, long memoryBytes, CancellationToken cancellationToken) =>
        Argon2idAsync(output, password, salt, Passes, MemoryBytes, cancellationToken);

    [ModuleInitializer]
    internal static void Use() => CryptoBackend.Use(new CheapPasswords());
}
