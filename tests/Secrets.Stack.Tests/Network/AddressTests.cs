using Secrets.Crypto;

namespace Secrets.Stack.Tests.Network;

public class AddressTests
{
    [Fact]
    public void All_our_vectors_hold()
    {
        foreach (var vector in VectorFile.Load("addresses.json", 36))
        {
            var isGood = MultiserverAddress.TryParse((string)vector["in"]!["text"]!, out var address);
            Assert.True(isGood == ((string?)vector["expect"] == "None"), vector.ToJsonString());
            if (!isGood)
                continue;
            Assert.Equal((string?)vector["out"]!["text"], address!.ToString());
            Assert.True(MultiserverAddress.TryParse(address.ToString(), out var again));
            Assert.Equal(address, again);
        }
    }

    [Fact]
    public void Any_text_is_an_address_or_is_not_E_70()
    {
        var random = new SeededRandom(70);
        var valid = (string)VectorFile.Load("addresses.json", 36)[9]["in"]!["text"]!;
        const string Signs = ":;~!/@[]%. \0=-_azAZ09é\ud800";
        for (var i = 0; i < Cases.Of(4000); i++)
        {
            var text = valid.ToCharArray();
            for (var j = 1 + random.Next(4); j > 0; j--)
                text[random.Next((uint)text.Length)] = Signs[(int)random.Next((uint)Signs.Length)];
            if (MultiserverAddress.TryParse(new string(text), out var address))
            {
                Assert.True(MultiserverAddress.TryParse(address.ToString(), out var again));
                Assert.Equal(address, again);
                Assert.All(address.Endpoints, endpoint => Assert.NotNull(endpoint.IsWebSocket ? endpoint.WebSocketUri.Host : ""));
            }
        }
    }

    [Fact]
    public void A_long_text_or_many_alternatives_are_refused_E_71()
    {
        using var keys = StackKeys.Generate(RandomSource.System);
        var one = new MultiserverAddress(keys.PublicKey, new StackEndpoint(StackTransport.Tcp, "a", 1)).ToString();
        Assert.True(MultiserverAddress.TryParse(string.Join(';', Enumerable.Repeat(one, 16)), out _));
        Assert.False(MultiserverAddress.TryParse(string.Join(';', Enumerable.Repeat(one, 17)), out _));
        Assert.False(MultiserverAddress.TryParse(one + new string(' ', 5000), out _));
        Assert.False(MultiserverAddress.TryParse(null, out _));
    }
}
