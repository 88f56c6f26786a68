using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;

namespace Secrets.Browser.Storage;

/// <summary>The worker's database functions. Every promise that fails is a <see cref="JSException"/>.</summary>
[SupportedOSPlatform("browser")]
internal static partial class IndexedDb
{
    private const string Module = "storage";

    /// <summary>Opens the list of identities; false if this browser keeps nothing.</summary>
    [JSImport("openShelf", Module)]
    internal static partial Task<bool> OpenShelfAsync();

    /// <summary>The list as lines: id, creation in milliseconds, 1 if retired, name; separated by tabs.</summary>
    [JSImport("listShelf", Module)]
    internal static partial Task<string> ListShelfAsync();

    /// <summary>Puts an identity on the list.</summary>
    [JSImport("putShelf", Module)]
    internal static partial Task PutShelfAsync(string id, double created, bool retired, string name);

    /// <summary>Takes an identity from the list and deletes its database.</summary>
    [JSImport("deleteShelf", Module)]
    internal static partial Task DeleteShelfAsync(string id);

    /// <summary>Takes the store for this worker; false if another has it.</summary>
    [JSImport("lock", Module)]
    internal static partial Task<bool> LockAsync(string id);

    /// <summary>Gives the store free and closes its database.</summary>
    [JSImport("unlock", Module)]
    internal static partial Task UnlockAsync(string id);

    /// <summary>The names of all files, one a line.</summary>
    [JSImport("list", Module)]
    internal static partial Task<string> ListAsync(string id);

    /// <summary>An object whose <c>bytes</c> are the file; null if there is none.</summary>
    [JSImport("read", Module)]
    internal static partial Task<JSObject?> ReadAsync(string id, string name);

    /// <summary>Hands over the bytes of the call that follows at once.</summary>
    [JSImport("stage", Module)]
    internal static partial void Stage([JSMarshalAs<JSType.MemoryView>] Span<byte> bytes);

    /// <summary>Writes what was staged.</summary>
    [JSImport("write", Module)]
    internal static partial Task WriteAsync(string id, string name, double offset);

    /// <summary>Cuts a file.</summary>
    [JSImport("truncate", Module)]
    internal static partial Task TruncateAsync(string id, string name, double length);

    /// <summary>Makes a file's writes durable.</summary>
    [JSImport("flush", Module)]
    internal static partial Task FlushAsync(string id, string name);

    /// <summary>Puts what was staged in place of a file.</summary>
    [JSImport("replace", Module)]
    internal static partial Task ReplaceAsync(string id, string name);

    /// <summary>Removes a file.</summary>
    [JSImport("remove", Module)]
    internal static partial Task RemoveAsync(string id, string name);
}
