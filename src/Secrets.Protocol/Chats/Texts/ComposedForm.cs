using System.Text;

namespace Secrets.Protocol.Chats;

/// <summary>The composed form of text (NFC), so that one name typed on two keyboards has one set of bytes.</summary>
internal static class ComposedForm
{
    /// <summary>The composed form.</summary>
    public static string Normalise(string text) => text.Normalize(NormalizationForm.FormC);
}
