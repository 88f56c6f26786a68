namespace Secrets.Crypto;

/// <summary>Holds the one backend of this process.</summary>
internal static class CryptoBackend
{
    private static ICryptoBackend? _current;

    /// <summary>The backend; natively libsodium, in the browser whatever the host installed first.</summary>
    public static ICryptoBackend Current => _current ?? Start();

    /// <summary>Installs the backend of a host that brings its own; once, before anything else runs.</summary>
    public static void Use(ICryptoBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        if (Interlocked.CompareExchange(ref _current, backend, null) is not null)
            throw new InvalidOperationException("The cryptographic backend is chosen once, before its first use.");
    }

    private static ICryptoBackend Start()
    {
        if (OperatingSystem.IsBrowser())
            throw new InvalidOperationException("In the browser the host installs the cryptographic backend first.");
        _ = Interlocked.CompareExchange(ref _current, new Native.NativeBackend(), null);
        return _current;
    }
}
