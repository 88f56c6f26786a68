namespace Secrets.Relay.Web;

/// <summary>One file of the web app.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Type">Its content type.</param>
/// <param name="Tag">Its hash in quotes, for asking whether it changed.</param>
/// <param name="IsLasting">True if its address changes with its content.</param>
/// <param name="IsPage">True for a page, false for what pages load.</param>
/// <param name="HasBrotli">True if a copy compressed with Brotli lies beside it.</param>
/// <param name="HasGzip">True if a copy compressed with gzip lies beside it.</param>
internal sealed record WebFile(string Path, string Type, string Tag, bool IsLasting, bool IsPage, bool HasBrotli, bool HasGzip);
