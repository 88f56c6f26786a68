using Secrets.Crypto;
using Secrets.Transport.Boxes;
using static Secrets.Transport.Tests.Support.Make;

namespace Secrets.Transport.Tests.Boxes;

/// <summary>BACAP's published values for state, context, blinding, address and signature (decision D.1, E-30, E-73).</summary>
public sealed class BacapTests
{
    private const string Root = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8";

    [Fact]
    public void The_root_public_key_is_the_published_one()
    {
        using var key = Seed();

        Assert.Equal(Root, Hex(key.PublicKey.Bytes));
    }

    [Theory]
    [InlineData(1, "0200000000000000d6afc0f178b9df3102c2f2054314d06942ee2cd0b54bb510fc03070775efaf154683f8eda97ee58a8fb03e68fd1fa29228e4d907c151021a4e700ee5e54a95ee89890efb132a4d0ffb004aacbb976aea2de9aa98687c912735f1ca02cac75322")]
    [InlineData(1000, "e9030000000000002f16e5fa12dd54b71a4431e48de467210514dbfcbca1df89cdced11ac863585029e644b9aed95f5e3d2ac04bea9ccb5b499ec61ff3e3b165c426a9a0bc6259caa8084122e96fc8c76fd4b9c614b2e5f9caa0f0778cbf2c3248723172e12e5dc8")]
    public void Advancing_gives_the_published_states(int steps, string expected)
    {
        using var state = State(steps);

        Assert.Equal(expected, Hex(state.Bytes));
    }

    [Theory]
    [InlineData(0, "9259a0005af542f3226f379530b291ce675762430ad5b3323c8b865a0440b7ba")]
    [InlineData(5, "22ba737b5357cf528207ab5a707a5e7878802ebcb7d0ba3ebda2b46b6dbfe7fd")]
    public void Addresses_without_context_are_the_published_ones(int steps, string expected)
    {
        using var state = State(steps);
        using var factor = BlindingFactor.Derive(state.BlindingMaterial);

        AssertAddress(expected, factor);
    }

    [Theory]
    [InlineData("hpqc-bacap-vector-context", 0, "f531e783791705744a462341483abb15052aa49c5687a28d09bc21b6087a17a1")]
    [InlineData("alternate context", 3, "d1584c0c08428edec0663c97803cdb1e4229ddaaad2010ea69fa60c7d0b11e7b")]
    [InlineData("ctx-A", 0, "452f100fc6c43fc361233fc87eaeffa539ea93f16dc5c9fda8ffa7c365c39e6e")]
    [InlineData("ctx-B", 7, "82fc80ebfe7445c524bb3473edc9633b9e0184d3436a0bcb37694a3434a480d4")]
    [InlineData("pigeonhole context", 0, "aaf072d5fa39c2b97177fe7cc0a7fef93a3991699eaa765db156e885c40760ac")]
    public void Addresses_with_a_context_are_the_published_ones(string context, int steps, string expected)
    {
        using var state = State(steps);
        using var factor = BoxContext.DeriveFactor(state.BlindingMaterial, Ascii(context));

        AssertAddress(expected, factor);
    }

    [Theory]
    [InlineData("ctx-A", 0, "7ada7776007442d9bfc94d7425f314325810d99cd9", "e9b1af50d20e4c645a8422157720eda5f2bab33c0926a6407b54732b60aa897813868a1ee6d5f353f73bb6c687fb3eb23dd48d33b9a4acd391415885c9d66c07")]
    [InlineData("ctx-B", 7, "c3c5591eb2c9742ec7d8aff01674c51b34e97079385a147c2c318b40bf", "7c8d9809aa9f4d220f010eaa3503be5f23d8a3bec1f12bf42772bff5c9de1f447830550a32e67ed21907c2fba7c2f9e89de446b03408d85edc35c265f1f6ee0e")]
    [InlineData("pigeonhole context", 0, "", "9b56a8ff184cc645bfddb96e7c13a3ba01b1b3c238cf53b2b6d382ee5c0e1f6b217680668105404aafb5a858bf21e3a22c8f2491111472cd43e25d815f91e900")]
    public void Signatures_over_given_payloads_are_the_published_ones(string context, int steps, string payload, string expected)
    {
        using var state = State(steps);
        using var root = Seed();
        using var factor = BoxContext.DeriveFactor(state.BlindingMaterial, Ascii(context));
        using var key = root.Blind(factor);

        var signature = key.Sign(Hex(payload));

        Assert.Equal(expected, Hex(signature.Bytes));
        Assert.True(key.PublicKey.Verify(Hex(payload), signature));
    }

    [Fact]
    public void The_mutated_state_of_the_published_values_has_the_published_address()
    {
        // the state itself is made by a procedure that this layer has not; its address checks reading a state and blinding
        var bytes = Hex("0100000000000000a06051cc559359d914185df750dc054c42353ba282ac7dca25fdd3020121c12e46f705fcfd6ee113489b2dfdff94d7644581c58ef3c650e1f82404ec558595e11ef0f192d46891de88af7f695d8f0d8d22ad842f932e5d95ef7033efb6064a8d");
        Assert.True(BoxIndexState.TryRead(bytes, out var state));
        using var factor = BoxContext.DeriveFactor(state.BlindingMaterial, Ascii("pigeonhole context"));

        AssertAddress("94b3e990e8367741d3b34bb4415707b5549f40f812ead9dc72b179cd1c281290", factor);
        state.Dispose();
    }

    private static void AssertAddress(string expected, BlindingFactor factor)
    {
        using var root = Seed();
        using var blinded = root.Blind(factor);

        Assert.True(root.PublicKey.TryBlind(factor, out var address));
        Assert.Equal(expected, Hex(address.Bytes));
        Assert.Equal(address, blinded.PublicKey);
    }

    private static Ed25519PrivateKey Seed() => Ed25519PrivateKey.FromSeed(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    private static BoxIndexState State(int steps)
    {
        byte[] bytes = [1, 0, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xaa, 32), .. Enumerable.Repeat((byte)0xbb, 32), .. Enumerable.Repeat((byte)0xcc, 32)];
        Assert.True(BoxIndexState.TryRead(bytes, out var state));
        for (var i = 0; i < steps; i++)
            Assert.True(state.TryAdvance());
        return state;
    }

    private static byte[] Ascii(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
