using Secrets.Crypto;

namespace Secrets.Transport.Boxes;

/// <summary>The plaintext of a box: its kind and body. Wiped on disposal.</summary>
public sealed class OpenedBox : IDisposable
{
    private readonly SecretBuffer _plaintext;
    private readonly int _bodyLength;

    private OpenedBox(SecretBuffer plaintext, BoxKind kind, int bodyLength)
    {
        _plaintext = plaintext;
        Kind = kind;
        _bodyLength = bodyLength;
    }

    /// <summary>What the body is.</summary>
    public BoxKind Kind { get; }

    /// <summary>The body. Valid until disposal.</summary>
    public ReadOnlySpan<byte> Body => _plaintext.Bytes.Slice(BoxClassSizes.PlaintextHeadSize, _bodyLength);

    internal ReadOnlySpan<byte> Plaintext => _plaintext.Bytes;

    /// <summary>Wipes the plaintext.</summary>
    public void Dispose() => _plaintext.Dispose();

    /// <summary>The name of the type; never the bytes.</summary>
    public override string ToString() => nameof(OpenedBox);

    /// <summary>Takes the buffer over, also to wipe it when the plaintext is refused.</summary>
    internal static BoxError TryCreate(SecretBuffer plaintext, out OpenedBox? opened)
    {
        opened = null;
        var error = BoxPlaintext.TryRead(plaintext.Bytes, out var kind, out var length);
        if (error != BoxError.None)
        {
            plaintext.Dispose();
            return error;
        }
        opened = new OpenedBox(plaintext, kind, length);
        return BoxError.None;
    }
}
